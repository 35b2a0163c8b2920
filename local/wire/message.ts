/** Services of AWS's JSON protocols. */
export const jsonServices = ['dynamodb', 'sqs', 'secretsmanager', 'athena'] as const;
export const services = [...jsonServices, 's3'] as const;
export type JsonService = (typeof jsonServices)[number];
export type Service = (typeof services)[number];

/** A permission that IAM must grant for a call. */
export interface Need {
  readonly action: string;
  readonly resourceArn: string;
}

/** The gateway's response to a function. */
export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
