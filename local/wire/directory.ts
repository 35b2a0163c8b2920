import type { FunctionModel, StackModel } from '../template/model';
import { denialOf } from './authorize';
import type { WireRequest } from './request';

/** Access key of a function, by which the gateway identifies it. Logical IDs are alphanumeric. */
export const accessKeyOf = (logicalId: string): string => `LOCAL${logicalId}`;

/** A table, a queue, a secret, a bucket or a workgroup, with all of its names. */
export interface WireResource {
  readonly label: string;
  readonly logicalId: string;
  readonly name: string;
}

/** Finds the resources of a request and caches policy decisions: neither template nor policies change while a stack runs. */
export interface Directory {
  callerOf(accessKeyId: string | undefined): FunctionModel | undefined;
  /** The resources of a request; unknown ones have only their name. */
  resourcesOf(request: WireRequest): readonly WireResource[];
  /** See `denialOf` of `authorize.ts`. */
  denialOf(request: WireRequest, caller: FunctionModel): string | undefined;
}

/** More distinct calls than functions make on purpose; made-up names must not fill the memory. */
const rememberedDecisions = 10_000;

export function directoryOf(stack: StackModel): Directory {
  const callers = new Map(stack.functions.map((model) => [accessKeyOf(model.logicalId), model]));
  const resources = new Map<string, WireResource>();
  for (const resource of [...stack.tables, ...stack.queues, ...stack.secrets, ...stack.buckets, ...stack.workGroups]) {
    for (const name of [resource.name, resource.arn]) if (!resources.has(name)) resources.set(name, resource);
  }
  const decisions = new Map<string, string | undefined>();
  return {
    callerOf: (accessKeyId) => (accessKeyId === undefined ? undefined : callers.get(accessKeyId)),
    resourcesOf: ({ targets }) =>
      targets.map((target) => resources.get(target) ?? { label: target, logicalId: target, name: target }),
    denialOf(request, caller) {
      // Objects and results have unique names, few of which recur.
      if (request.service === 's3' || request.service === 'athena') return denialOf(request, caller, stack);
      let key = caller.logicalId;
      for (const { action, resourceArn } of request.needs) key += `\n${action}\n${resourceArn}`;
      const known = decisions.get(key);
      if (known !== undefined || decisions.has(key)) return known;
      const denial = denialOf(request, caller, stack);
      if (decisions.size < rememberedDecisions) decisions.set(key, denial);
      return denial;
    },
  };
}
