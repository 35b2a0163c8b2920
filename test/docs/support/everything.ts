import { inventoryOf, type Inventory } from '../../../cost/template/inventory';
import { exampleOf } from '../../lib/examples';
import { synthesized, type Resource } from '../../lib/synthesized';

/** A stage with everything that a stage may have: an edge, a key, a boundary, chat, warm functions. */
export function stageWithEverything(): Readonly<Record<string, Resource>> {
  const { stage, stages } = exampleOf('Hardened');
  const channel = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
  const page = {
    email: ['oncall@example.com'],
    https: ['https://events.pagerduty.com/integration/KEY/enqueue'],
    slack: channel,
  };
  const own = stages[stage];
  const everything = {
    ...(typeof own === 'object' ? own : {}),
    alarmTargets: { page },
    functions: { click: { provisionedConcurrency: 2 } },
  };
  return resourcesOfStage(stage, { [stage]: everything });
}

export const resourcesOfStage = (stage: string, stages?: Record<string, unknown>): Readonly<Record<string, Resource>> =>
  synthesized(stage, stages).template.toJSON()['Resources'];

export const priced = (resources: Readonly<Record<string, Resource>>): Inventory =>
  inventoryOf({ Resources: resources });
