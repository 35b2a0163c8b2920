import type { Assembly } from '../assembly/read-assembly';
import { isServed } from './resource-types';
import type { StackModel } from './model';
import { readApi } from './read-api';
import { readGlueTables, readWorkGroups } from './read-athena';
import { readBuckets } from './read-buckets';
import { readQueues, readSecrets, readTables } from './read-data';
import { readEventSources } from './read-event-sources';
import { readFunctions } from './read-functions';
import { readSchedules } from './read-schedules';
import { readStreamSources } from './read-stream-sources';
import { readResources } from './resources';

/**
 * Reads all served resources from the template, and rejects invalid ones by name before any server starts. `queueBaseUrl` is the SQS
 * endpoint of functions: the template resolves to queue URLs.
 */
export function readStack(assembly: Assembly, queueBaseUrl: string): StackModel {
  const resources = readResources(assembly, queueBaseUrl);
  const functions = readFunctions(resources, assembly);
  const queues = readQueues(resources, queueBaseUrl);
  const tables = readTables(resources);
  return {
    stackName: assembly.stackName,
    functions,
    tables,
    queues,
    secrets: readSecrets(resources),
    buckets: readBuckets(resources),
    workGroups: readWorkGroups(resources),
    glueTables: readGlueTables(resources),
    eventSources: readEventSources(resources, functions, queues),
    streamSources: readStreamSources(resources, functions, tables),
    schedules: readSchedules(resources, functions),
    api: readApi(resources, functions),
    inert: resources.all.filter(({ type }) => !isServed(type)).map(({ logicalId, type }) => `${logicalId} (${type})`),
  };
}
