import { connectedAccess } from '../../../console/access/connected-access';
import type { TrackerAccess } from '../../../console/server/tracker-access';
import { connectToStack } from '../../connection/aws-connection';
import type { Connection } from '../../../operator/api/connection';
import type { TrackerTarget } from '../../connection/options';
import { awsPicture } from '../status/aws-picture';
import { renewable } from './expired-credentials';
import { stackFacts } from './stack-facts';

type StackTarget = Extract<TrackerTarget, { at: 'stack' }>;

/** The tracker of a stack, with the AWS credentials of the user. */
export function stackAccess(target: StackTarget): TrackerAccess {
  const { profile = process.env['AWS_PROFILE'] ?? '' } = target;
  const command = profile === '' ? 'aws sso login' : `aws sso login --profile ${profile}`;
  return renewable(() => accessOnce(target), command);
}

function accessOnce(target: StackTarget): TrackerAccess {
  let connection: Promise<Connection> | undefined;
  return connectedAccess({
    connect() {
      connection ??= connectToStack(target).catch((error: unknown) => {
        connection = undefined;
        throw error;
      });
      return connection;
    },
    picture: (at) => awsPicture(target, at),
    about: () => stackFacts(target),
  });
}
