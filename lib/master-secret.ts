import { Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DataPolicy } from './data-policy';

/** Props of `MasterSecret`. */
export interface MasterSecretProps {
  readonly stageName: string;
  readonly data: DataPolicy;
}

/**
 * The one secret that every key is derived from: click IDs, and each integration's token and signature keys. Secrets Manager generates it
 * when the stack is created; no template, variable or log ever holds it.
 */
export class MasterSecret extends Construct {
  /** `{"currentNumber": 1, "current": "…"}`, and `previous` with its number after a rotation. */
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { stageName, data }: MasterSecretProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: `Postback tracker ${stageName}: master secret. If it is lost, no click ID or sender key can be checked.`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ currentNumber: 1 }),
        generateStringKey: 'current',
        passwordLength: 64,
        excludePunctuation: true,
      },
      ...data.secret,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'This secret signs published click IDs, and senders hold keys derived from it: a timer that replaced it would ' +
        'reject their postbacks. An operator rotates it, and keeps the previous value.',
    });
  }
}
