// Replaces `@aws-sdk/endpoint-cache` in the bundles of functions: the SDK creates one for DynamoDB, and never reads it.

export class EndpointCache {
  get() {
    throw new Error('Endpoint discovery is left out of the bundles: see lib/bundling.json.');
  }
}
