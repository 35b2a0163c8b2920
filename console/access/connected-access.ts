import * as v from 'valibot';
import { adminApiOver, type AdminApi } from '../../operator/api/admin-api';
import { sendPlainly, type Connection } from '../../operator/api/connection';
import { localPicture } from '../../operator/status/local-picture';
import type { Picture } from '../../operator/status/picture';
import { readStatus } from '../../operator/status/read-status';
import type { ConsoleSession, TrackerAccess } from '../server/tracker-access';

import { explainOrder } from './explain';
import { sendTestPostback } from './test-postback';
import { trackerVersion } from './tracker-version';

/** The place of a tracker, known before any request to it. */
export interface TrackerPlace {
  connect(): Promise<Connection>;
  /** Its counters, queues and alarms; see `tracker status`. */
  picture(at: number): Promise<Picture>;
  /** Fields of a session that only the place knows. */
  about(): Promise<Pick<ConsoleSession, 'region' | 'account' | 'protected' | 'local'>>;
}

const me = v.looseObject({ caller: v.string(), stage: v.string() });

/** The access of the console to a tracker that is connected to as the command line does. */
export function connectedAccess({ connect, picture, about }: TrackerPlace): TrackerAccess {
  let session: ReturnType<TrackerAccess['session']> | undefined;

  const api = async (): Promise<AdminApi> => adminApiOver(await connect());

  async function readSession(): ReturnType<TrackerAccess['session']> {
    const [connection, place] = await Promise.all([connect(), about()]);
    const { caller, stage } = await adminApiOver(connection).call('GET', ['me'], me);
    const { publicUrl } = connection;
    const identity = place.local ? 'this machine' : caller;
    return { stage, ...place, identity, version: trackerVersion(), publicUrl };
  }

  return {
    session() {
      // It does not change while the console runs; a failure may.
      session ??= readSession().catch((error: unknown) => {
        session = undefined;
        throw error;
      });
      return session;
    },
    async status() {
      const at = Date.now();
      return readStatus(await picture(at), api);
    },
    async admin({ method, path, search, headers, body }) {
      const { adminUrl, send } = await connect();
      return send({
        method,
        url: new URL(`${adminUrl}${path}${search}`),
        headers,
        ...(body !== undefined && { body }),
      });
    },
    sendPostback: async ({ url, integration }) => sendTestPostback(await api(), url, integration),
    explain: async (order) => explainOrder(await api(), order),
  };
}

/**
 * A tracker of `npm start`: it asks for no signature.
 * @param url asked for with each call, since a server learns its port when it listens
 */
export function localAccess(url: () => string): TrackerAccess {
  return connectedAccess({
    connect: () => Promise.resolve({ publicUrl: url(), adminUrl: `${url()}/admin/v1`, send: sendPlainly }),
    picture: (at) => localPicture(url(), at),
    about: () => Promise.resolve({ protected: false, local: true }),
  });
}
