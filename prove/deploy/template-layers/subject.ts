import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Assembly, readAssembly } from '../../../local/assembly/read-assembly';
import { type JsonObject, listOf, objectOrEmpty, parseJson, stringOrUndefined } from '../../../local/json';

/** A stack as it would be deployed: the input of a layer of checks. Plain data, so that a fault is a changed copy. */
export interface Subject extends Assembly {
  readonly like: 'dev' | 'prod';
  readonly terminationProtection: boolean;
  /** Rules that the app has acknowledged, by logical ID: an acknowledged rule is no finding. */
  readonly acknowledged: ReadonlyMap<string, readonly string[]>;
}

/** One layer of checks. A finding is what would stop the deployment. */
export interface Layer {
  readonly name: string;
  readonly findings: (subject: Subject) => Promise<readonly LayerFinding[]>;
}

export interface LayerFinding {
  /** The layer's own name of what is wrong. */
  readonly rule: string;
  /** Names the resource. */
  readonly message: string;
}

/** Reads a synthesized stack, and what its app has acknowledged. */
export function readSubject(directory: string, like: 'dev' | 'prod'): Subject {
  const assembly = readAssembly(directory);
  const manifest = readJson(join(assembly.directory, 'manifest.json'));
  const artifact = objectOrEmpty(objectOrEmpty(manifest['artifacts'])[assembly.stackName]);
  const file = stringOrUndefined(artifact['additionalMetadataFile']);
  const metadata = file === undefined ? artifact['metadata'] : readJson(join(assembly.directory, file));
  return {
    ...assembly,
    like,
    terminationProtection: objectOrEmpty(artifact['properties'])['terminationProtection'] === true,
    acknowledged: acknowledgedIn(objectOrEmpty(metadata)),
  };
}

const readJson = (path: string): JsonObject =>
  existsSync(path) ? objectOrEmpty(parseJson(readFileSync(path, 'utf8'))) : {};

/** A rule that is acknowledged at a construct is so for all that is in it. */
function acknowledgedIn(metadata: JsonObject): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(metadata).map(([path, list]) => ({ path, list: listOf(list).map(objectOrEmpty) }));
  const rulesAt = new Map(
    entries.map(({ path, list }) => [
      path,
      list
        .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
        .flatMap(({ data }) => Object.keys(objectOrEmpty(data)))
        .map((id) => id.replace(/^annotation::/i, '')),
    ]),
  );
  const rulesAbove = (path: string): readonly string[] => [
    ...(rulesAt.get(path) ?? []),
    ...(path === '/' ? [] : rulesAbove(dirname(path))),
  ];
  return new Map(
    entries.flatMap(({ path, list }) =>
      list
        .filter(({ type }) => type === 'aws:cdk:logicalId')
        .map(({ data }) => [stringOrUndefined(data) ?? '', rulesAbove(path)] as const),
    ),
  );
}
