import * as path from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeHeader, environmentVariable } from '../../lambdas/contract';
import { keyAccess } from '../key-access';
import type { StageConfiguration } from '../stage-configuration';
import { TrackerFunction } from '../tracker-function';

/** What `EdgeGate` needs. */
export interface EdgeGateProps {
  readonly stage: StageConfiguration;
  readonly key?: IKey | undefined;
}

/** API Gateway remembers the answer for a key so long: the gate itself runs once an hour, not once a request. */
const remembered = Duration.hours(1);

/**
 * Lets through only what came through the distribution, which shows a key that nobody else has. Without it anybody could go round the
 * web ACL, and name any address as the visitor's. See docs/adr/0007-the-edge.md.
 */
export class EdgeGate extends Construct {
  readonly authorizer: HttpLambdaAuthorizer;
  /** What the distribution shows. */
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { stage, key }: EdgeGateProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Key', {
      description: `Postback tracker ${stage.name}: what the CloudFront distribution shows to the API.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
      ...(key && { encryptionKey: key }),
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'CloudFront learns the key at deployment only: a timer would change it where CloudFront does not hear of it.',
    });
    const check = new TrackerFunction(this, 'Check', {
      stage,
      key,
      description: 'Lets through what came through the CloudFront distribution.',
      entry: path.join(__dirname, '..', '..', 'lambdas', 'edge', 'handler.ts'),
      timeout: Duration.seconds(5),
      environment: { [environmentVariable.edgeSecretArn]: this.secret.secretArn },
    });
    const actions = ['secretsmanager:GetSecretValue'];
    check.addToRolePolicy(new PolicyStatement({ actions, resources: [this.secret.secretArn] }));
    if (key) for (const statement of keyAccess(key, actions)) check.addToRolePolicy(statement);
    this.authorizer = new HttpLambdaAuthorizer('EdgeAuthorizer', check, {
      identitySource: [`$request.header.${edgeHeader.key}`],
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: remembered,
    });
  }
}
