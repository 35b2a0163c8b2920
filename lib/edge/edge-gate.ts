import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeHeader, environmentVariable } from '../../lambdas/contract';
import { keyAccess } from '../key-access';
import type { FunctionSettings } from '../stage/function-settings';
import { TrackerFunction } from '../tracker-function';
import type { FunctionDefaults } from '../tracker-function';

/** Props of `EdgeGate`. */
export interface EdgeGateProps extends FunctionDefaults {
  readonly settings: FunctionSettings;
}

/** Seconds for which API Gateway caches the answer for a key: the gate runs once an hour, not once a request. */
const remembered = Duration.hours(1);

/**
 * Admits only requests through the distribution, which sends a secret key. Otherwise anybody could bypass the web ACL, and forge the
 * visitor's address. See docs/adr/0007-the-edge.md.
 */
export class EdgeGate extends Construct {
  readonly authorizer: HttpLambdaAuthorizer;
  /** The header by which the distribution authenticates. */
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { stageName, data, settings }: EdgeGateProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Key', {
      description: `Postback tracker ${stageName}: what the CloudFront distribution shows to the API.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      ...data.secret,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge(
      {
        id: 'AwsSolutions-SMG4',
        reason:
          'CloudFront learns the key at deployment only: a timer would change it where CloudFront does not see it.',
      },
      {
        id: 'Tracker::retention-policy',
        reason: 'A new key is equivalent: only this stack and its distribution hold it.',
      },
    );
    const check = new TrackerFunction(this, 'Check', {
      stageName,
      data,
      settings,
      description: 'Lets through what came through the CloudFront distribution.',
      folder: 'edge',
      timeout: Duration.seconds(5),
      environment: { [environmentVariable.edgeSecretArn]: this.secret.secretArn },
    });
    const actions = ['secretsmanager:GetSecretValue'];
    check.addToRolePolicy(new PolicyStatement({ actions, resources: [this.secret.secretArn] }));
    for (const statement of keyAccess(data.key, actions)) check.addToRolePolicy(statement);
    this.authorizer = new HttpLambdaAuthorizer('EdgeAuthorizer', check, {
      identitySource: [`$request.header.${edgeHeader.key}`],
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: remembered,
    });
  }
}
