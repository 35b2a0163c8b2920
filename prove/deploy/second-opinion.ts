import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { run } from './emulator/child-process';

const schema = v.array(
  v.object({
    Rule: v.object({ Id: v.string() }),
    Message: v.string(),
    Location: v.object({ Path: v.nullish(v.array(v.union([v.string(), v.number()]))) }),
  }),
);

/** Said of every template of the CDK: a dependency written out that a reference implies. */
const ignored = ['W3005'];

/** The errors and warnings of cfn-lint in a template; each names its rule and its place. */
export async function lint(python: string, template: string, folder: string): Promise<readonly string[]> {
  const given = ['--format', 'json', '--ignore-checks', ...ignored, '--', template];
  const options = { environment: process.env, folder, log: join(folder, 'cfn-lint.log'), limitSeconds: 60 };
  const { output } = await run(join(dirname(python), 'cfn-lint'), given, options);
  const found = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), output === '' ? '[]' : output);
  if (!found.success) throw new Error(`cfn-lint said what is no list of findings: ${output.slice(0, 300)}`);
  return found.output.map(({ Rule, Message, Location }) => `${Rule.Id} ${(Location.Path ?? []).join('/')}: ${Message}`);
}
