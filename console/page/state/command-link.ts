import { hrefOf } from './place';

const screens: readonly (readonly [RegExp, string])[] = [
  [/^tracker dead-letters /, 'dead-letters'],
  [/^tracker campaign list/, 'campaigns'],
  [/^tracker integration list/, 'integrations'],
];

const filterNames: Readonly<Record<string, string>> = {
  result: 'result',
  reason: 'reason',
  warning: 'warning',
  integration: 'integration',
  campaign: 'campaign',
  since: 'since',
};

/** The screen that shows what a command would, where there is one. */
export function linkOfCommand(command: string): string | undefined {
  const screen = screens.find(([pattern]) => pattern.test(command));
  if (screen !== undefined) return hrefOf(screen[1]);
  if (!command.startsWith('tracker postbacks search')) return undefined;
  const query: Record<string, string> = {};
  for (const [, option = '', value = ''] of command.matchAll(/--([a-z]+) (\S+)/g)) {
    const name = filterNames[option];
    if (name !== undefined) query[name] = value;
  }
  return hrefOf('requests', query);
}
