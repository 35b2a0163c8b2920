import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { carriedTime, hasClickIdShape } from '../../../lambdas/domain/click/click-id';
import type { AdminApi } from '../../../operator/api/admin-api';
import { usageFailure } from '../../../operator/failure';
import { addExamples } from '../../help';
import { conversion, logRow } from '../../../operator/answers';
import { findClick, storedFields } from '../../../operator/click/stored-click';
import { clickAsVisitor, makeClick } from '../../../operator/click/test-click';
import { conversionRows } from '../../operations/conversions/conversion-text';
import { rowsTable } from '../../operations/log/row-text';
import { perform } from '../../session';
import { confirm } from '../../terminal/confirm';
import { counted } from '../../../operator/counted';
import { startProgress } from '../../terminal/progress';
import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';

export function addClickCommands(program: CommandUnknownOpts): void {
  const click = program.command('click').description('single clicks: make a test click, look one up, erase one');
  addMake(click);
  addShow(click);
  addErase(click);
}

const visitNames = ['source', 'external_id', 'cost', ...Array.from({ length: 10 }, (_, at) => `sub${at + 1}`)];
const optionOf = (name: string): string => name.replace('_', '-');
const givenTexts = v.record(v.string(), v.unknown());

function addMake(click: CommandUnknownOpts): void {
  const command = click
    .command('make')
    .argument('<campaign>', 'ID of the campaign; may be paused if you give no options')
    .description('makes a test click: its conversions are tests, and no report counts them');
  for (const name of visitNames) command.option(`--${optionOf(name)} <text>`, `${name} of the click URL`);
  command.action((campaign, options, self) =>
    perform(self, async ({ api: connect, output }) => {
      const visit = visitOf(v.parse(givenTexts, options));
      const api = await connect();
      const isPlain = Object.keys(visit).length === 0;
      const made = await (isPlain ? makeClick(api, campaign) : clickAsVisitor(api, campaign, visit));
      output.answer(made, () =>
        fieldList([
          ['click', style.important(made.clickId)],
          ['landing page', made.landingPage],
          ['its postback', made.postbackUrl],
        ]),
      );
      output.note('Treat the postback URL like a password. Add dry_run=1 to it to record nothing at all.');
    }),
  );
  addExamples(
    command,
    'tracker click make spring',
    'tracker click make spring --source newsletter --sub1 banner-3',
    'curl "$(tracker click make spring --json | jq -r .postbackUrl)"',
  );
}

/** The parameters of a visit; commander names `--external-id` `externalId`. */
function visitOf(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    visitNames.flatMap((name) => {
      const text = options[name === 'external_id' ? 'externalId' : name];
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

function addShow(click: CommandUnknownOpts): void {
  const command = click
    .command('show')
    .argument('<click>', 'click ID')
    .description('shows a click as stored, its conversions, and every postback that named it')
    .action((clickId, _options, self) =>
      perform(self, async ({ api: connect, output }) => {
        const clickedAt = clickTimeOf(clickId);
        const api = await connect();
        const found = await findClick(api, clickId);
        const conversions = await api.all(['conversions'], conversion, { clickId });
        const postbacks = await api.all(['postbacks'], logRow, { clickId, since: clickedAt });
        output.answer(
          {
            clickId,
            clickedAt,
            ...found,
            conversions,
            postbacks,
          },
          () => {
            const about = fieldList([
              ['click', clickId],
              ['made', `${clickedAt}, as its ID says`],
              ...('missing' in found ? [['stored', `no: ${found.missing}`] as const] : storedFields(found.click)),
            ]);
            const recorded = conversions.length === 0 ? 'No conversion.' : conversionRows(conversions);
            const came = postbacks.length === 0 ? 'No postback named it.' : rowsTable(postbacks);
            return [about, recorded, came].join('\n\n');
          },
        );
      }),
    );
  addExamples(command, 'tracker click show 2433cv9m5c7dx4m17tf2xm04ykhzkd4n');
}

/** Returns the earliest possible time of a click's postbacks. */
function clickTimeOf(clickId: string): string {
  const time = hasClickIdShape(clickId) ? carriedTime(clickId) : undefined;
  if (time === undefined) throw usageFailure(`"${clickId}" is no click ID: it has 32 letters and digits.`);
  // A made-up ID may name any time.
  return new Date(Math.min(time, Date.now())).toISOString();
}

function addErase(click: CommandUnknownOpts): void {
  const command = click
    .command('erase')
    .argument('<click>', 'click ID')
    .description('erases a person: the click, and personal data in its conversions and the log')
    .option('--yes', 'do not ask')
    .action((clickId, { yes }, self) =>
      perform(self, async ({ api: connect, output }) => {
        clickTimeOf(clickId);
        await confirm(`Erase all data of the visitor of ${clickId}? This cannot be undone.`, yes);
        const erased = await erase(await connect(), clickId);
        output.answer(erased, () =>
          [
            erased.click === 'erased'
              ? 'The click is erased.'
              : 'No click was there; what comes late for it is dropped.',
            `${counted(erased.conversions, 'conversion')} and ${counted(erased.logRows, 'row')} of the log lost their personal data.`,
            `Kept: ${erased.kept}.`,
            `What still waits in a queue is ${erased.queued}.`,
          ].join('\n'),
        );
      }),
    );
  addExamples(command, 'tracker click erase 2433cv9m5c7dx4m17tf2xm04ykhzkd4n --yes');
}

const erasure = v.looseObject({
  click: v.string(),
  conversions: v.number(),
  logRows: v.number(),
  queued: v.string(),
  kept: v.string(),
  cursor: v.optional(v.string()),
});

/** Continues to the end of the log; the numbers of the calls add up. */
async function erase(api: AdminApi, clickId: string) {
  const count = startProgress('rows of the log erased');
  const sums = { conversions: 0, logRows: 0 };
  try {
    for (let cursor: string | undefined; ;) {
      const answer: v.InferOutput<typeof erasure> = await api.call('DELETE', ['clicks', clickId], erasure, {
        query: { cursor },
      });
      // Each call reads all conversions again, and counts those that it changed.
      sums.conversions += answer.conversions;
      sums.logRows += answer.logRows;
      count.advance(answer.logRows);
      ({ cursor } = answer);
      const { click, queued, kept } = answer;
      if (cursor === undefined) return { clickId, click, ...sums, queued, kept };
    }
  } finally {
    count.end();
  }
}
