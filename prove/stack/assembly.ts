import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../local/assembly/read-assembly';
import { synthesize } from '../../local/assembly/synthesize';
import { openDataFolder } from '../../local/data-folder/open';
import { isObject, objectOrEmpty, parseJson } from '../../local/json';
import { environmentVariable } from '../../lambdas/contract';
import type { Settings } from '../scenario';

/** Synthesizes the stage `prod`, the one that carries money, into a folder. Answers where the assembly lies. */
export async function synthesizeProd(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const data = openDataFolder(folder);
  try {
    return (await synthesize(data, 'prod')).directory;
  } finally {
    data.lock.release();
  }
}

/** A copy of an assembly whose template has these settings. */
export function withSettings(assembly: string, folder: string, settings: Settings): string {
  cpSync(assembly, folder, { recursive: true });
  changeTemplate(folder, (type, properties, logicalId) => {
    switch (type) {
      case 'AWS::SQS::Queue':
        return logicalId.startsWith('RetryPath') ? queueWith(properties, settings) : properties;
      case 'AWS::Lambda::Function':
        return functionWith(properties, settings);
      case 'AWS::Lambda::EventSourceMapping':
        return mappingWith(properties);
      default:
        return properties;
    }
  });
  return folder;
}

type Properties = Readonly<Record<string, unknown>>;

/** Changes the settings of the retry queue, which alone of the two has a queue for messages that were received too often. */
function queueWith(properties: Properties, { visibilitySeconds, maximumReceives }: Settings): Properties {
  const redrive = properties['RedrivePolicy'];
  if (!isObject(redrive)) return properties;
  return {
    ...properties,
    ...(visibilitySeconds !== undefined && { VisibilityTimeout: visibilitySeconds }),
    ...(maximumReceives !== undefined && { RedrivePolicy: { ...redrive, maxReceiveCount: maximumReceives } }),
  };
}

/** Counts changes of streams within a second, in batches small enough for a run to have many. */
function mappingWith(properties: Properties): Properties {
  if (properties['TumblingWindowInSeconds'] === undefined) return properties;
  return { ...properties, TumblingWindowInSeconds: 1, MaximumBatchingWindowInSeconds: 1, BatchSize: 50 };
}

/** Only the retry function knows the dead letter queue. */
function functionWith(properties: Properties, { retryTimeoutSeconds, configCacheSeconds }: Settings): Properties {
  const variables = objectOrEmpty(objectOrEmpty(properties['Environment'])['Variables']);
  const isRetry = variables[environmentVariable.deadLetterQueueUrl] !== undefined;
  const cache = environmentVariable.configCacheSeconds;
  const isCaching = variables[cache] !== undefined && configCacheSeconds !== undefined;
  return {
    ...properties,
    ...(isRetry && retryTimeoutSeconds !== undefined && { Timeout: retryTimeoutSeconds }),
    ...(isCaching && { Environment: { Variables: { ...variables, [cache]: String(configCacheSeconds) } } }),
  };
}

function changeTemplate(
  folder: string,
  change: (type: unknown, properties: Properties, logicalId: string) => Properties,
): void {
  const file = join(folder, `${readAssembly(folder).stackName}.template.json`);
  const template = objectOrEmpty(parseJson(readFileSync(file, 'utf8')));
  const resources = Object.entries(objectOrEmpty(template['Resources'])).map(([id, given]) => {
    const resource = objectOrEmpty(given);
    return [id, { ...resource, Properties: change(resource['Type'], objectOrEmpty(resource['Properties']), id) }];
  });
  writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(resources) }));
}
