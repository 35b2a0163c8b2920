import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { playAnswer } from './play-answer';
import { isAcceptance, type SinkScript } from './sink-scripts';

/** One call to a traffic source. */
export interface SinkCall {
  readonly script: string;
  readonly postback: string;
  readonly deliveryId: string;
  readonly clickId: string;
  readonly transactionId: string;
  readonly status: string;
  readonly amount: string;
  readonly isAccepted: boolean;
}

/** Traffic sources on this machine behind one port, one for each script. */
export class Sinks {
  readonly calls: SinkCall[] = [];
  private readonly callsOf = new Map<string, number>();
  private readonly server: Server;
  private port = 0;
  private open = 0;
  private hours = (): number => 0;

  constructor(readonly scripts: readonly SinkScript[]) {
    this.server = createServer((request, response) => this.take(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Their scripts use this clock, from its present time. */
  begin(now: () => number): void {
    const begunAt = now();
    this.hours = () => (now() - begunAt) / 3_600_000;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Pending calls. */
  get waiting(): number {
    return this.open;
  }

  urlOf({ id, query = '' }: SinkScript, postback: string): string {
    const shown = 'id={delivery_id}&click={clickid}&tx={txid}&status={status}&sum={payout}';
    return `${this.url}/${id}/${postback}?${shown}${query}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    this.open += 1;
    response.once('close', () => (this.open -= 1));
    const url = new URL(request.url ?? '/', this.url);
    const [, id = '', postback = ''] = url.pathname.split('/');
    const script = this.scripts.find((one) => one.id === id);
    if (script === undefined) return void response.writeHead(404).end();
    const number = (this.callsOf.get(id) ?? 0) + 1;
    this.callsOf.set(id, number);
    const answer = script.answer(number, this.hours());
    const named = (name: string): string => url.searchParams.get(name) ?? '';
    this.calls.push({
      script: id,
      postback,
      deliveryId: named('id'),
      clickId: named('click'),
      transactionId: named('tx'),
      status: named('status'),
      amount: named('sum'),
      isAccepted: isAcceptance(answer),
    });
    playAnswer(answer, response);
  }
}
