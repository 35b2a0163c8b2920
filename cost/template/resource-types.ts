/** Types that cost something, by the month or by the request: `inventory.ts` reads them. */
const pricedTypes = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
] as const;

export type PricedType = (typeof pricedTypes)[number];

/** Types that AWS asks nothing for, each with the reason. */
const freeTypes: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::ApiMapping': 'part of the API',
  'AWS::CloudFront::OriginRequestPolicy': 'a setting of the distribution',
  'AWS::Athena::WorkGroup': 'a setting; Athena asks by what the query of a report reads',
  'AWS::ApiGatewayV2::Authorizer': 'its function is billed as a function, once an hour for a caller',
  'AWS::ApiGatewayV2::DomainName': 'part of the API',
  'AWS::ApiGatewayV2::Integration': 'part of the API',
  'AWS::ApiGatewayV2::Route': 'part of the API',
  'AWS::Budgets::Budget': 'a budget without actions is free',
  'AWS::CDK::Metadata': 'a note',
  'AWS::CertificateManager::Certificate': 'public certificates are free',
  'AWS::Chatbot::SlackChannelConfiguration': 'Amazon Q Developer in chat applications is free',
  'AWS::CodeDeploy::Application': 'deployments to Lambda are free',
  'AWS::CodeDeploy::DeploymentConfig': 'deployments to Lambda are free',
  'AWS::CodeDeploy::DeploymentGroup': 'deployments to Lambda are free',
  'AWS::Glue::Database': 'a million objects of the catalog are free',
  'AWS::Glue::Table': 'a million objects of the catalog are free',
  'AWS::IAM::ManagedPolicy': 'IAM is free',
  'AWS::IAM::Policy': 'IAM is free',
  'AWS::IAM::Role': 'IAM is free',
  'AWS::KMS::Alias': 'part of its key',
  'AWS::Lambda::EventInvokeConfig': 'part of its function',
  'AWS::Lambda::Permission': 'part of its function',
  'AWS::Lambda::Version': 'code in Lambda is free up to 75 GB',
  'AWS::Logs::QueryDefinition': 'a saved query; running it is $0.005 per GB',
  'AWS::Logs::ResourcePolicy': 'a permission',
  'AWS::Route53::RecordSet': 'questions for an alias of AWS are free',
  'AWS::S3::BucketPolicy': 'a permission',
  'AWS::SNS::Subscription': 'the first thousand e-mails a month are free',
  'AWS::SNS::Topic': 'the first million messages a month are free, and an alarm is one',
  'AWS::SNS::TopicPolicy': 'a permission',
  'AWS::SQS::QueuePolicy': 'a permission',
  'AWS::Scheduler::ScheduleGroup': 'a folder of schedules',
  'AWS::SecretsManager::ResourcePolicy': 'a permission',
};

function isPriced(type: string): type is PricedType {
  return pricedTypes.some((priced) => priced === type);
}

/** Whether the model cannot price a type: one that nobody has examined. It is named rather than counted as nothing. */
export const isUnknown = (type: string): boolean => !isPriced(type) && !Object.hasOwn(freeTypes, type);
