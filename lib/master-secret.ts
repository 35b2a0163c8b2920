import { Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { removalPolicyOf } from './removal-policy';
import type { StageConfiguration } from './stage-configuration';

/** What `MasterSecret` needs. */
export interface MasterSecretProps {
  readonly stage: StageConfiguration;
  /** @default the key that Secrets Manager owns */
  readonly key?: IKey | undefined;
}

/**
 * The one secret that every key is derived from: click IDs, and each integration's token and signature keys.
 * Secrets Manager makes it up when the stack is created; no template, variable or log ever holds it.
 */
export class MasterSecret extends Construct {
  /** `{"currentNumber": 1, "current": "…"}`, and `previous` with its number after a rotation. */
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { stage, key }: MasterSecretProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: `Postback tracker ${stage.name}: master secret. If it is lost, no click ID or sender key can be checked.`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ currentNumber: 1 }),
        generateStringKey: 'current',
        passwordLength: 64,
        excludePunctuation: true,
      },
      ...(key && { encryptionKey: key }),
      removalPolicy: removalPolicyOf(stage),
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Click IDs out in the world are signed with this secret and senders hold keys derived from it: a timer that ' +
        'replaced it would refuse their postbacks. Rotation is an act of the operator, with the value before kept.',
    });
  }
}
