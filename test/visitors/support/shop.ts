import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of a shop, as its owner writes it. */
export interface ShopPage {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A shop without a server of its own: pages, and nothing behind them. It answers to `localhost` and to `127.0.0.1`. */
export interface Shop {
  readonly port: number;
  /** What was asked for, such as `/thanks?clickid=…`, the newest last. */
  readonly asked: readonly string[];
  pages: Readonly<Record<string, ShopPage>>;
  stop(): Promise<void>;
}

export async function startShop(): Promise<Shop> {
  const asked: string[] = [];
  const shop = { port: 0, asked, pages: {} as Shop['pages'], stop };
  const server = createServer((request: IncomingMessage, response) => {
    const target = request.url ?? '/';
    asked.push(target);
    const page = shop.pages[target.split('?')[0] ?? ''];
    const headers = { 'content-type': 'text/html; charset=utf-8', ...page?.headers };
    response.writeHead(page === undefined ? 404 : 200, headers).end(page?.body ?? '');
  });
  async function stop(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  shop.port = (server.address() as AddressInfo).port;
  return shop;
}
