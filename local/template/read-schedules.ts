import { messageOf, StartupFailure } from '../failure';
import { isObject, listOf, parseJson, stringOrUndefined, textOf } from '../json';
import { readSchedule } from '../schedule/expression';
import type { FunctionModel, ScheduleModel, ScheduleTargetModel } from './model';
import { isPermitted } from './permissions';
import { functionOfArn } from './read-functions';
import type { ServedResource, ServedResources } from './resources';

/** EventBridge rules that run functions on a schedule; one that is not enabled is left out. */
export function readSchedules(resources: ServedResources, functions: readonly FunctionModel[]): ScheduleModel[] {
  return resources
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties['State'] !== 'DISABLED')
    .map((rule) => readRule(rule, resources, functions));
}

function readRule(
  rule: ServedResource,
  resources: ServedResources,
  functions: readonly FunctionModel[],
): ScheduleModel {
  const { logicalId, label, name, arn, properties } = rule;
  const expression = stringOrUndefined(properties['ScheduleExpression']);
  if (expression === undefined || properties['EventPattern'] !== undefined) {
    throw new StartupFailure(`The rule ${logicalId} waits for events; only schedules are served here.`);
  }
  try {
    readSchedule(expression);
  } catch (error) {
    throw new StartupFailure(`The rule ${logicalId} has the schedule "${expression}": ${messageOf(error)}.`);
  }
  const targets = listOf(properties['Targets']).map((target) => readTarget(target, rule, resources, functions));
  return { logicalId, label, name, arn, expression, targets };
}

/** What a target may say here. How EventBridge tries again, and where it puts what it gives up on, does not happen here. */
const knownFields = ['Arn', 'Id', 'Input', 'RetryPolicy', 'DeadLetterConfig'];

function readTarget(
  target: unknown,
  { logicalId, arn }: ServedResource,
  resources: ServedResources,
  functions: readonly FunctionModel[],
): ScheduleTargetModel {
  const fields = isObject(target) ? target : {};
  for (const field of Object.keys(fields)) {
    if (!knownFields.includes(field)) {
      throw new StartupFailure(`The rule ${logicalId} has a target with ${field}, which the local stack does not do.`);
    }
  }
  const called = functionOfArn(fields['Arn'], functions);
  if (called === undefined) {
    throw new StartupFailure(
      `The rule ${logicalId} calls ${textOf(fields['Arn'])}, which is no function of the template: only functions are called here.`,
    );
  }
  const input = stringOrUndefined(fields['Input']);
  const parsed = input === undefined ? undefined : parseJson(input);
  if (input !== undefined && parsed === undefined) {
    throw new StartupFailure(`The rule ${logicalId} gives its target the input ${input}, which is not JSON.`);
  }
  const call = { principal: 'events.amazonaws.com', sourceArn: arn, target: textOf(fields['Arn']) };
  return { function: called, input: parsed, permitted: isPermitted(call, resources, functions) };
}
