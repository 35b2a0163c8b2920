/** The AWS account and Region that the local stack pretends to be. */
export const partition = 'aws';
export const accountId = '000000000000';
export const region = 'us-east-1';
export const urlSuffix = 'amazonaws.com';

export function arn(service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** IAM is global: its ARNs carry no Region. */
export function roleArn(roleName: string): string {
  return `arn:${partition}:iam::${accountId}:role/${roleName}`;
}
