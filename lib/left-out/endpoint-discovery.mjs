// Replaces `@aws-sdk/middleware-endpoint-discovery` in the bundles of functions: the endpoint of DynamoDB is that of its region.

const none = () => undefined;

export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: none, configFileSelector: none };

export const resolveEndpointDiscoveryConfig = (config) => config;
