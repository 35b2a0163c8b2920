import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { repository } from '../synthesized';
import { alarmsOf, anchorOf, compositesOf, describing, runbookSections, severitiesOf } from './watched';

const alarms = [...alarmsOf('prod').values(), ...compositesOf('prod').values()];
const sections = runbookSections();
const runbook = readFileSync(path.join(repository, 'docs', 'runbook.md'), 'utf8');
/** What several sections lead to, before the first of them. */
const common = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
  heading.toLowerCase().replaceAll(' ', '-'),
);

/** The commands of the block that follows what is lost; what is indented goes on with the line before. */
function firstCommands(section: string): string[] {
  const [, block = ''] = /```sh\n(.+?)```/s.exec(section) ?? [];
  return block.split(/\n(?! )/).filter((line) => line !== '');
}

test('the runbook and the alarms name each other', () => {
  expect(new Set(sections.keys())).toEqual(new Set(alarms.map(anchorOf)));
});

test('the table of the runbook has each alarm with its urgency and its section', () => {
  const rows = [...runbook.matchAll(/^\| `(\w+)` +\| (PAGE|TICKET|INFO|PART) +\| \[[^\]]+\]\(#([a-z-]+)\)/gm)].map(
    ([, name = '', urgency = '', section = '']) => [name, urgency, section],
  );
  const expected = alarms.map((alarm) => [
    alarm.AlarmName.replace('PostbackTracker-prod-', ''),
    describing(alarm).split('.')[0],
    anchorOf(alarm),
  ]);

  expect(rows.sort()).toEqual(expected.sort());
});

describe.each([...sections])('the section %s', (anchor, section) => {
  test('says what is lost and what is not, when it is over, and whom to wake', () => {
    for (const part of ['**Lost:**', '**Not affected:**', '**Over**', '**Wake**']) expect(section).toContain(part);
  });

  test('has three first commands, one of them of the tracker itself, and causes by likelihood', () => {
    const commands = firstCommands(section);
    expect(commands).toHaveLength(3);
    expect(
      commands.filter((command) =>
        /^(npx tracker \$TRACKER|saved|errors|counted|table_metric|in_queue) /.test(command),
      ),
    ).not.toEqual([]);
    expect(section).toMatch(/^1\. .+^2\. /ms);
  });

  test('leads only to sections that there are', () => {
    for (const [, target = ''] of section.matchAll(/\]\(#([a-z-]+)\)/g))
      expect([...sections.keys(), ...common]).toContain(target);
  });

  test('is of one alarm that rings, or of parts of one', () => {
    const severities = alarms.filter((alarm) => anchorOf(alarm) === anchor).flatMap(severitiesOf);
    expect(severities.length).toBeLessThanOrEqual(1);
  });
});

test('no command of the runbook, nor of an alarm, works on the dead letter queue behind the back of the tracker', () => {
  const texts = [...sections.values(), ...alarms.map(describing)];
  expect(texts.filter((text) => /receive-message|message-move-task|delete-message/.test(text))).toEqual([]);
  expect(sections.get('dead-letter-queue-not-empty')).toMatch(/dead-letters list\n[^`]*dead-letters redrive\n```/);
});

test('whatever else of this repository sends somebody to the runbook names a section that there is', () => {
  const files = ['cli', 'lib', 'lambdas', 'docs'].flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|md)$/.test(file))
      .map((file) => readFileSync(path.join(repository, folder, file), 'utf8')),
  );
  const named = files.flatMap((text) => [...text.matchAll(/runbook\.md#([a-z-]+)/g)].map(([, anchor = '']) => anchor));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((anchor) => !sections.has(anchor) && !common.includes(anchor))).toEqual([]);
});
