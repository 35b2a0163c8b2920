import { cfnLintLayer } from './cfn-lint';
import { startDynamoDbLayer } from './dynamodb';
import { localStackLayer } from './local-stack';
import { ownRulesLayer } from './own-rules';
import { rulePacksLayer } from './rule-packs';
import type { Layer } from './subject';
import { validatorLayer } from './validator';

/**
 * Every layer that needs nothing but this repository, and cfn-lint where there is a Python with it; `stop` ends the one that is a
 * process.
 */
export async function startLayers(
  folder: string,
  python?: string,
): Promise<{ readonly layers: readonly Layer[]; readonly stop: () => Promise<void> }> {
  const dynamoDb = await startDynamoDbLayer(folder);
  const layers = [ownRulesLayer, localStackLayer, rulePacksLayer, dynamoDb, validatorLayer()];
  return { layers: python === undefined ? layers : [...layers, cfnLintLayer(python)], stop: () => dynamoDb.stop() };
}
