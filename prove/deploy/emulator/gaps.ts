/** Differences of the emulator from AWS, as read in its source and seen in runs (MiniStack 1.5.33). */

/** Corrections of its roles after each deployment. The template is not changed. */
export const correctedAfterDeploy = [
  'Ref of a secret is its name there and its ARN in AWS: the policies that grant it get the ARN.',
  'It asks sqs:SendMessageBatch and the like for a batch, where IAM knows only sqs:SendMessage: the policies get both.',
] as const;

/** Properties that a run here does not show. Other tests, named in brackets, hold those that need no account. */
export const notProven = [
  'Time to live, deletion protection and point-in-time recovery: its AWS::DynamoDB::GlobalTable drops them [template rules].',
  'That API Gateway and SQS may invoke a function, and that Lambda may poll the queue: it does so unasked [local stack, template rules].',
  'That any alarm rings: alarms are made, and not evaluated as CloudWatch does; nor is what is left out [tests of the alarms].',
  'That the watchdog and compaction are called when they are due, and what the access log says [local stack].',
  'That Lambda hands over changes in windows which name their shard, and that Athena answers of the facts [local stack].',
  'Throttling, latency, and the limits of services: sizes, quotas, concurrency.',
  'Custom domains, certificates, CloudFront, WAF, keys of KMS, gradual releases: the stage for the emulator has none of them.',
  'What Lambda itself does: freezing, scaling, memory, the ARM processor. Functions ran as processes of this machine.',
  'Backups and restores, encryption at rest, what anything costs.',
] as const;
