import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';

/**
 * Where a Lambda function's credentials are: in its environment, and nowhere else. Bundling puts this in the place of the SDK's own
 * chain of providers (single sign-on, profiles, web identity, instance metadata), a fifth of a handler's size that could never run.
 */
export function defaultProvider(): AwsCredentialIdentityProvider {
  return () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      return Promise.reject(new Error('the environment holds no AWS credentials'));
    }
    return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) });
  };
}
