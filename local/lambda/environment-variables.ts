import { randomUUID } from 'node:crypto';
import { region } from '../account';
import type { FunctionModel } from '../template/model';
import { accessKeyOf } from '../wire/directory';

/** Never verified and no secret: the gateway identifies a function by its access key, on loopback. */
const placeholderSecretKey = 'local';

/**
 * The whole environment of a function: the template's variables and Lambda's, and none of the runner's, so that a function cannot depend
 * on the machine or reach a real AWS account.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariablesOf(
  model: FunctionModel,
  gatewayUrl: string,
  runtimeApiAddress: string,
  sessionToken: string,
): Record<string, string> {
  return {
    ...model.environment,
    AWS_ACCESS_KEY_ID: accessKeyOf(model.logicalId),
    AWS_SECRET_ACCESS_KEY: placeholderSecretKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_ATHENA: gatewayUrl,
    AWS_ENDPOINT_URL_DYNAMODB: gatewayUrl,
    AWS_ENDPOINT_URL_S3: gatewayUrl,
    AWS_ENDPOINT_URL_SQS: gatewayUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: gatewayUrl,
    AWS_EXECUTION_ENV: `AWS_Lambda_${model.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: model.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApiAddress,
    LAMBDA_TASK_ROOT: model.assetDirectory,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    _HANDLER: model.handler,
  };
}
