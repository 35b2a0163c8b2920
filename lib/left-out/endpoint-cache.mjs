// Stands for `@aws-sdk/endpoint-cache` in the bundles of functions: the SDK makes one for DynamoDB, and never asks it.

export class EndpointCache {
  get() {
    throw new Error('Endpoint discovery is left out of the bundles: see lib/bundling.json.');
  }
}
