import type { SentContent, ReceivedAnswer, Rules, LedgerPostback } from '../ledger/ledger';
import type { SequenceLoad } from '../scenario';
import type { StackProcess } from '../stack/process';
import { sendProofBatch } from './batches';
import type { Driven } from './driven';
import { inParallel } from './parallel';
import { receivedAnswer, sendClick, sendUntilSettled } from './sender';
import type { Saying, Sequence } from './sequence';

/** The present configuration of the integration of a mode, as far as its senders and the ledger need it. */
export interface SequenceSetting {
  readonly integration: string;
  readonly campaign: string;
  readonly rules: Rules;
  /** The parameter of the transaction ID. */
  readonly transactionName: string;
}

/** A sequence on its way. */
interface Course {
  readonly sequence: Sequence;
  clickId: string | undefined;
  sent: number;
  /** The requests sent so far, to be sent again byte for byte. */
  readonly letters: Letter[];
}

/** A postback as bytes, with what it says. */
interface Letter {
  readonly body: string;
  readonly content: SentContent;
  readonly setting: SequenceSetting;
}

/** Sends sequences: each conversion's postbacks one after another, many conversions at a time. */
export class SequenceSenders {
  private readonly courses: readonly Course[];
  private readonly batches: (() => Promise<void>)[] = [];
  private readonly begunAt: number;

  constructor(
    private readonly stack: StackProcess,
    private readonly load: SequenceLoad,
    sequences: readonly Sequence[],
    private readonly driven: Driven,
    /** For what is sent, and apart from it for pauses: these are asked for in whatever order answers come. */
    private readonly choose: () => number,
    private readonly chance: () => number,
  ) {
    this.courses = sequences.map((sequence) => ({ sequence, clickId: undefined, sent: 0, letters: [] }));
    this.begunAt = stack.now();
  }

  /** Sends the next sayings of every conversion; the first of them after its click. */
  async send(count: number, settingOf: (sequence: Sequence) => SequenceSetting): Promise<void> {
    await inParallel(this.load.senders, this.courses, async (course) => {
      if (course.clickId !== undefined) return;
      const clickId = await sendClick(this.stack, settingOf(course.sequence).campaign, this.chance);
      if (clickId === undefined) throw new Error('a click got no ID');
      course.clickId = clickId;
      this.driven.clickIds.push(clickId);
    });
    for (let turn = 0; turn < count; turn++) {
      const next = this.courses.map((course) => ({ course, letter: this.write(course, settingOf(course.sequence)) }));
      if (this.load.batchRows === undefined) {
        await inParallel(this.load.senders, next, ({ course, letter }) => this.post(course, letter));
      } else await this.sendInBatches(next, this.load.batchRows);
    }
  }

  /** Sends a share of what was sent before once more, byte for byte: the sender's own retry. */
  async again(share: number, settingOf: (sequence: Sequence) => SequenceSetting): Promise<void> {
    if (this.load.batchRows !== undefined) {
      for (const sendAgain of this.batches.filter(() => this.choose() < share)) await sendAgain();
      return;
    }
    const chosen = this.courses.flatMap((course) => {
      const letter = course.letters[Math.floor(this.choose() * course.letters.length)];
      return letter === undefined || this.choose() >= share ? [] : [{ course, letter }];
    });
    await inParallel(this.load.senders, chosen, ({ course, letter }) =>
      this.post(course, { ...letter, setting: settingOf(course.sequence) }),
    );
  }

  /** Another network speaks about conversions that are none of its business. */
  async interfere(share: number, integration: string): Promise<void> {
    const chosen = this.courses.filter(() => this.choose() < share);
    await inParallel(this.load.senders, chosen, async (course) => {
      const [letter] = course.letters;
      if (letter === undefined) return;
      const content = { status: 'reversed' };
      const setting = { ...letter.setting, integration };
      await this.post(course, { body: writeQuery(course, content, setting), content, setting }, true);
    });
  }

  private write(course: Course, setting: SequenceSetting): Letter {
    const saying: Saying = course.sequence.sayings[course.sent] ?? {};
    const { ago, ...said } = saying;
    const content = { ...said, ...(ago !== undefined && { happenedAt: this.begunAt - ago * 1000 }) };
    const body =
      this.load.batchRows === undefined ? writeQuery(course, content, setting) : writeRow(course, content, setting);
    const letter = { body, content, setting };
    course.sent += 1;
    course.letters.push(letter);
    return letter;
  }

  private async post(course: Course, letter: Letter, isForeign = false): Promise<void> {
    const answers: ReceivedAnswer[] = [];
    const sentAt = this.stack.now();
    await sendUntilSettled(this.stack, `/postback/${letter.setting.integration}?${letter.body}`, {
      onReply: (reply) => {
        this.driven.requests += 1;
        answers.push(receivedAnswer(reply));
      },
      chance: this.chance,
    });
    this.driven.postbacks.push({
      ...this.sentOf(course, letter, letter.body, sentAt, answers),
      ...(isForeign && { isForeign }),
    });
  }

  private async sendInBatches(
    next: readonly { readonly course: Course; readonly letter: Letter }[],
    size: number,
  ): Promise<void> {
    const byIntegration = Map.groupBy(next, ({ letter }) => letter.setting.integration);
    const batches = [...byIntegration].flatMap(([integration, rows]) =>
      Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => {
        const some = rows.slice(at * size, (at + 1) * size);
        return () => this.sendOneBatch(integration, some);
      }),
    );
    this.batches.push(...batches);
    await inParallel(this.load.senders, batches, (send) => send());
  }

  private async sendOneBatch(
    integration: string,
    rows: readonly { readonly course: Course; readonly letter: Letter }[],
  ): Promise<void> {
    const body = rows.map(({ letter }) => letter.body).join('\n');
    const sentAt = this.stack.now();
    const answers = await sendProofBatch(this.stack, integration, body, rows.length, this.chance, () => {
      this.driven.requests += 1;
    });
    rows.forEach(({ course, letter }, at) =>
      this.driven.postbacks.push({
        ...this.sentOf(course, letter, `${body}#${at}`, sentAt, answers[at] ?? []),
        row: at + 1,
      }),
    );
  }

  private sentOf(
    { sequence, clickId = '' }: Course,
    { content, setting }: Letter,
    statement: string,
    sentAt: number,
    answers: readonly ReceivedAnswer[],
  ): LedgerPostback {
    const { transactionId } = sequence;
    const settledAt = this.stack.now();
    return { clickId, transactionId, content, rules: setting.rules, statement, sentAt, settledAt, answers };
  }
}

function fieldsOf(
  { sequence: { transactionId }, clickId = '' }: Course,
  { status, amount, currency, happenedAt }: SentContent,
  { transactionName }: SequenceSetting,
): readonly (readonly [string, string])[] {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['clickid', clickId],
    [transactionName, transactionId],
    ['status', status],
    ['amount', amount],
    ['currency', currency],
    ['timestamp', happenedAt === undefined ? undefined : String(happenedAt)],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Each has a separate number: two postbacks with the same content are two statements, and only a repeat is a repeat. */
function writeQuery(course: Course, content: SentContent, setting: SequenceSetting): string {
  const query = new URLSearchParams();
  for (const [name, value] of fieldsOf(course, content, setting)) query.set(name, value);
  query.set('n', `s${course.sent}`);
  return query.toString();
}

function writeRow(course: Course, content: SentContent, setting: SequenceSetting): string {
  return JSON.stringify({ ...Object.fromEntries(fieldsOf(course, content, setting)), n: `s${course.sent}` });
}
