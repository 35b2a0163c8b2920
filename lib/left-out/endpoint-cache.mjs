// Replaces `@aws-sdk/endpoint-cache` in the bundles of functions: the SDK creates one for DynamoDB, and never reads it.

export class EndpointCache {
  get() {
    throw new Error('The bundles omit endpoint discovery: see lib/bundling.json.');
  }
}
