import { buffer } from 'node:stream/consumers';
import { createServer } from 'node:http';
import { close, listen } from './secrets-server';

export interface LosingProxy {
  readonly endpoint: string;
  /** How many further writes are done and their answers lost: the connection breaks instead. */
  losesAnswers: number;
  /** How many reads by key are lost, once no more answers of writes are to be. */
  losesReads: number;
  stop(): Promise<void>;
}

/** Stands before a DynamoDB server and loses answers of transactions that the server has carried out. */
export async function startLosingProxy(target: string): Promise<LosingProxy> {
  const state = { losesAnswers: 0, losesReads: 0 };
  const server = createServer((request, response) => {
    void forward();
    async function forward(): Promise<void> {
      const operation = String(request.headers['x-amz-target']);
      const answer = await fetch(target, {
        method: 'POST',
        headers: {
          'x-amz-target': operation,
          'content-type': String(request.headers['content-type']),
          authorization: String(request.headers.authorization),
          'x-amz-date': String(request.headers['x-amz-date']),
        },
        body: new Uint8Array(await buffer(request)),
      });
      const body = Buffer.from(await answer.arrayBuffer());
      if (operation.endsWith('TransactWriteItems') && state.losesAnswers > 0) {
        state.losesAnswers -= 1;
        request.socket.destroy();
        return;
      }
      if (operation.endsWith('GetItem') && state.losesAnswers === 0 && state.losesReads > 0) {
        state.losesReads -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(body);
    }
  });
  return Object.assign(state, { endpoint: await listen(server), stop: () => close(server) });
}
