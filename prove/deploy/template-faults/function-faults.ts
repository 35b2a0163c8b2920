import { type Fault, set, without } from './fault';

const click = { type: 'AWS::Lambda::Function', named: 'FunctionsClick' };
const postback = { type: 'AWS::Lambda::Function', named: 'FunctionsPostback' };
const logGroup = { type: 'AWS::Logs::LogGroup' };

export const functionFaults: readonly Fault[] = [
  {
    title: 'a variable that the code reads is not set',
    in: click,
    change: without('Properties.Environment.Variables.RETRY_QUEUE_URL'),
    caughtBy: ['own rules', 'variable-missing'],
  },
  {
    title: 'a variable that nothing reads',
    in: click,
    change: set('Properties.Environment.Variables.OLD_TABLE', 'old'),
    caughtBy: ['own rules', 'variable-unused'],
  },
  {
    title: 'a secret in a variable',
    in: postback,
    change: set('Properties.Environment.Variables.MASTER_SECRET_ARN', 'whsec_C2FVsBQIhrscChlQIMV'),
    caughtBy: ['own rules', 'secret-in-variable'],
  },
  {
    title: 'a secret resolved into a variable',
    in: postback,
    change: set('Properties.Environment.Variables.STAGE', '{{resolve:secretsmanager:master:SecretString:current}}'),
    caughtBy: ['own rules', 'secret-in-variable'],
  },
  {
    title: 'a handler that is not exported',
    in: click,
    change: set('Properties.Handler', 'index.main'),
    caughtBy: ['own rules', 'handler'],
  },
  {
    title: 'a handler in a file that is not there',
    in: click,
    change: set('Properties.Handler', 'handler.handler'),
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'code that was not built',
    in: click,
    change: set('Properties.Code.S3Key', 'nothing.zip'),
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'a function that outlives the 30 s of the API',
    in: postback,
    change: set('Properties.Timeout', 60),
    caughtBy: ['own rules', 'function-timeout'],
  },
  {
    title: 'a log group that Lambda makes up',
    in: click,
    change: without('Properties.LoggingConfig.LogGroup'),
    caughtBy: ['own rules', 'function-log'],
  },
  {
    title: 'a log group that keeps for ever',
    in: logGroup,
    change: without('Properties.RetentionInDays'),
    caughtBy: ['own rules', 'log-retention'],
  },
  {
    title: 'a retention that CloudWatch does not have',
    in: logGroup,
    change: set('Properties.RetentionInDays', 31),
    caughtBy: ['own rules', 'log-retention'],
  },
  {
    title: 'memory of 64 MB',
    in: click,
    change: set('Properties.MemorySize', 64),
    caughtBy: ['validator', 'F3034'],
  },
  {
    title: 'a timeout of 1000 s',
    in: click,
    change: set('Properties.Timeout', 1000),
    caughtBy: ['validator', 'E3717'],
  },
  {
    title: 'a runtime that does not exist',
    in: click,
    change: set('Properties.Runtime', 'node24'),
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'a runtime that is no longer supported',
    in: click,
    change: set('Properties.Runtime', 'nodejs16.x'),
    caughtBy: ['cdk-nag', 'AwsSolutions-L1'],
  },
  {
    title: 'a property misspelt',
    in: click,
    change: set('Properties.Timout', 6),
    caughtBy: ['validator', 'F3002'],
  },
  {
    title: 'a text where a number belongs',
    in: click,
    change: set('Properties.Timeout', 'six'),
    caughtBy: ['validator', 'F3012'],
  },
  {
    title: 'a role that is not in the template',
    in: click,
    change: set('Properties.Role', { 'Fn::GetAtt': ['NoSuchRole', 'Arn'] }),
    names: 'NoSuchRole',
    caughtBy: ['validator', 'F1020'],
  },
  {
    title: 'resources that wait for each other',
    in: logGroup,
    change: set('DependsOn', ['FunctionsClick22D3CE2F']),
    caughtBy: ['validator', 'F3004'],
  },
];
