import { accountId, arn } from '../account';
import { messageOf, StartupFailure } from '../failure';
import { evaluate } from '../iam/evaluate';
import { objectOrEmpty, parseJson, stringOrUndefined, textOf } from '../json';
import { readSchedule } from '../schedule/expression';
import type { FunctionModel, ScheduleModel } from './model';
import { functionOfArn } from './read-functions';
import { isAssumable, readRoleStatements } from './read-roles';
import type { ServedResource, ServedResources } from './resources';

/** Reads EventBridge schedules that run functions; omits disabled ones. */
export function readSchedules(resources: ServedResources, functions: readonly FunctionModel[]): ScheduleModel[] {
  return resources
    .ofType('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties['State'] !== 'DISABLED')
    .map((schedule) => readOne(schedule, resources, functions));
}

/** Supported settings of a schedule. Retries and the dead letter queue of EventBridge are not simulated. */
const knownFields = [
  'Description',
  'FlexibleTimeWindow',
  'Name',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'State',
  'Target',
];
const knownTargetFields = ['Arn', 'DeadLetterConfig', 'Input', 'RetryPolicy', 'RoleArn'];

function readOne(
  schedule: ServedResource,
  resources: ServedResources,
  functions: readonly FunctionModel[],
): ScheduleModel {
  const { logicalId, label, name, properties } = schedule;
  const target = objectOrEmpty(properties['Target']);
  rejectUnknown(logicalId, properties, knownFields);
  rejectUnknown(logicalId, target, knownTargetFields);
  const { Mode: window } = objectOrEmpty(properties['FlexibleTimeWindow']);
  if (window !== 'OFF')
    throw new StartupFailure(`The schedule ${logicalId} has the time window ${textOf(window)}: it must be OFF.`);
  const zone = properties['ScheduleExpressionTimezone'];
  if (!['UTC', 'Etc/UTC', undefined].some((utc) => utc === zone)) {
    throw new StartupFailure(`The schedule ${logicalId} is in the time zone ${textOf(zone)}: only UTC is served here.`);
  }
  const expression = textOf(properties['ScheduleExpression']);
  try {
    readSchedule(expression);
  } catch (error) {
    throw new StartupFailure(`The schedule ${logicalId} has the expression "${expression}": ${messageOf(error)}.`);
  }
  const called = functionOfArn(target['Arn'], functions);
  if (called === undefined) {
    throw new StartupFailure(
      `The schedule ${logicalId} calls ${textOf(target['Arn'])}, which is no function of the template: only functions are called here.`,
    );
  }
  const input = stringOrUndefined(target['Input']);
  if (input === undefined || parseJson(input) === undefined) {
    throw new StartupFailure(
      `The schedule ${logicalId} gives its function the input ${textOf(input)}, which is not JSON.`,
    );
  }
  const permitted = mayInvoke(logicalId, target, resources);
  return { logicalId, label, name, arn: schedule.arn, expression, function: called, input, permitted };
}

function rejectUnknown(logicalId: string, fields: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new StartupFailure(`The schedule ${logicalId} has ${unknown}, which the local stack does not do.`);
}

/** EventBridge assumes the role for each run; AWS checks that when the schedule is created, with this message. */
function mayInvoke(logicalId: string, target: Readonly<Record<string, unknown>>, resources: ServedResources): boolean {
  const role = resources.withArn(textOf(target['RoleArn']));
  const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': arn('scheduler', 'schedule-group/default') };
  if (role?.type !== 'AWS::IAM::Role' || !isAssumable(role, 'scheduler.amazonaws.com', context)) {
    throw new StartupFailure(
      `The execution role you provide must allow AWS EventBridge Scheduler to assume the role (schedule ${logicalId}: role ${textOf(target['RoleArn'])}).`,
    );
  }
  return evaluate(readRoleStatements(role, resources), 'lambda:InvokeFunction', textOf(target['Arn'])) === 'allowed';
}
