/**
 * The resource types that a template may have here. Any other is rejected by name, so that the local stack never skips a resource
 * silently.
 */
const servedTypes = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Athena::WorkGroup',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
] as const;

export type ServedType = (typeof servedTypes)[number];

/** Types without effect on requests, each with the reason why it is safe to skip. */
const inertTypes: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'the account-wide log role of API Gateway',
  'AWS::ApiGatewayV2::ApiMapping': 'the API answers under any host name here',
  'AWS::ApiGatewayV2::DomainName': 'the API answers under any host name here',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'capacity: nothing to scale here',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'capacity: nothing to scale here',
  'AWS::Budgets::Budget': 'no bill here',
  'AWS::CDK::Metadata': 'usage analytics of the CDK',
  'AWS::CertificateManager::Certificate': 'plain HTTP on loopback',
  'AWS::Chatbot::SlackChannelConfiguration': 'no alarm fires here',
  'AWS::CloudWatch::Alarm': 'nobody is paged from a laptop; metrics are in metrics.jsonl',
  'AWS::CloudWatch::AnomalyDetector': 'trains on weeks of metrics',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is paged from a laptop',
  'AWS::CloudWatch::Dashboard': 'metrics are in metrics.jsonl',
  'AWS::CloudWatch::InsightRule': 'metrics are in metrics.jsonl',
  'AWS::CodeDeploy::Application': 'deploys are a restart here',
  'AWS::CodeDeploy::DeploymentConfig': 'deploys are a restart here',
  'AWS::CodeDeploy::DeploymentGroup': 'deploys are a restart here',
  'AWS::KMS::Alias': 'data is not encrypted at rest here',
  'AWS::KMS::Key': 'data is not encrypted at rest here',
  'AWS::Lambda::EventInvokeConfig': 'a schedule that fails runs again when it is due again',
  'AWS::Logs::LogGroup': 'logs go to files in the data folder',
  'AWS::Logs::MetricFilter': 'logs go to files in the data folder',
  'AWS::Logs::QueryDefinition': 'a saved query of the console',
  'AWS::Logs::ResourcePolicy': 'logs go to files in the data folder',
  'AWS::ResourceGroups::Group': 'a grouping for the console',
  'AWS::Route53::RecordSet': 'the API answers under any host name here',
  'AWS::SNS::Subscription': 'no alarm fires here',
  'AWS::SNS::Topic': 'no alarm fires here',
  'AWS::SNS::TopicInlinePolicy': 'no alarm fires here',
  'AWS::SNS::TopicPolicy': 'no alarm fires here',
  'AWS::SSM::Parameter': 'no function reads it through an endpoint served here',
  'AWS::SecretsManager::ResourcePolicy': 'one account here',
};

export function isServed(type: string): type is ServedType {
  return servedTypes.some((served) => served === type);
}

/** Returns the reason why a known type has no effect here; `undefined` for a served or an unknown type. */
export function reasonInert(type: string): string | undefined {
  return Object.hasOwn(inertTypes, type) ? inertTypes[type] : undefined;
}
