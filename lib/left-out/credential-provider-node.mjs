// Replaces `@aws-sdk/credential-provider-node` in the bundles of functions: Lambda puts the credentials of the role into the environment.

export const defaultProvider = () => () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    return Promise.reject(
      new Error('The environment has no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'),
    );
  }
  return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
};
