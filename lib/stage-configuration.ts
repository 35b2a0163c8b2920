import * as v from 'valibot';
import { stageSettings } from './stage-settings';
import type { StageConfiguration, StageSettings } from './stage-settings';
import { validateStage } from './stage/rules';
import { allowedAt, fieldsAt } from './stage/schema-fields';
import { StageConfigurationError, wrong } from './stage/stage-configuration-error';
import { builtInStages } from './stages';

export { StageConfigurationError };
export type { StageConfiguration };

/** Some of the fields, also within objects. A list is given whole. */
type Overrides<Settings> = {
  readonly [Field in keyof Settings]?: Settings[Field] extends readonly unknown[] | undefined
    ? Settings[Field]
    : Settings[Field] extends object | undefined
      ? Overrides<NonNullable<Settings[Field]>>
      : Settings[Field];
};

/** The stages of a team by name, each with its changes to a built-in stage. */
export type TeamStages = Readonly<Record<string, Overrides<StageSettings> & Partial<Pick<StageConfiguration, 'like'>>>>;

type Fields = Record<string, unknown>;

/**
 * Returns the settings of the stage `name`: its built-in stage, overridden by `stages`. A stage of a team is like prod unless it says
 * otherwise, so that an omission retains data. `release` overrides the stage's release settings for this deployment.
 */
export function stageConfiguration(name: string, stages: unknown, release?: unknown): StageConfiguration {
  const ownStages = readOwnStages(stages);
  const known = knownStages(stages);
  if (!known.includes(name))
    throw new StageConfigurationError(`Stage "${name}" is not known; known are ${list(known)}.`);
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw wrong(name, 'name', name, 'a lower-case letter followed by up to 19 lower-case letters, digits and hyphens');
  }
  const { like = isBuiltIn(name) ? name : 'prod', ...overrides } = asFields(name, ownStages[name] ?? {});
  const allowedLike = isBuiltIn(name) ? [name] : Object.keys(builtInStages);
  if (!isBuiltIn(like) || !allowedLike.includes(like)) throw wrong(name, 'like', like, `one of ${list(allowedLike)}`);

  const result = v.safeParse(
    stageSettings,
    merge(builtInStages[like], { ...overrides, ...(release !== undefined && { release }) }),
  );
  if (!result.success) throw fromIssue(name, result.issues[0]);
  const stage: StageConfiguration = { ...result.output, name, like };
  validateStage(stage);
  return stage;
}

/** Returns the names of the built-in stages and of those that the team adds. */
export function knownStages(stages: unknown): readonly string[] {
  return [...new Set([...Object.keys(builtInStages), ...Object.keys(readOwnStages(stages))])];
}

/** The stages of a team, overridden field by field by the context key `stages`. */
export function withContext(team: TeamStages, contextStages: unknown): object {
  return merge(team, readOwnStages(contextStages));
}

/** cdk.json contains an object, `-c stages=…` a JSON text. */
function readOwnStages(contextStages: unknown): Fields {
  if (contextStages === undefined || contextStages === null) return {};
  let stages = contextStages;
  if (typeof stages === 'string') {
    try {
      stages = JSON.parse(stages);
    } catch {
      // Not JSON: rejected below like any other value that is no object.
    }
  }
  if (isFields(stages)) return stages;
  throw new StageConfigurationError(
    `Context key "stages" is ${JSON.stringify(contextStages)}; allowed is a JSON object of stages by name.`,
  );
}

function asFields(stage: string, value: unknown): Fields {
  if (isFields(value)) return value;
  throw new StageConfigurationError(
    `Stage "${stage}" is ${JSON.stringify(value)}; allowed is an object of stage settings.`,
  );
}

/** Overrides replace single fields, also inside `throttle` and `alarms`. */
function merge(defaults: object, overrides: Fields): Fields {
  const merged: Fields = { ...defaults };
  for (const [field, value] of Object.entries(overrides)) {
    const before = merged[field];
    merged[field] = isFields(before) && isFields(value) ? merge(before, value) : value;
  }
  return merged;
}

function fromIssue(stage: string, issue: v.InferIssue<typeof stageSettings>): StageConfigurationError {
  const field = v.getDotPath(issue) ?? 'settings';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const beside = fieldsAt(stageSettings, field.split('.').slice(0, -1).join('.'));
    return new StageConfigurationError(`Stage "${stage}": there is no field ${field}; allowed are ${list(beside)}.`);
  }
  // For a missing field valibot reports an issue of the parent schema, with another message.
  return wrong(
    stage,
    field,
    issue.input,
    issue.input === undefined ? (allowedAt(stageSettings, field) ?? issue.message) : issue.message,
  );
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isBuiltIn = (name: unknown): name is 'dev' | 'prod' => name === 'dev' || name === 'prod';
const list = (words: readonly string[]): string => words.join(', ');
