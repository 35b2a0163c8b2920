import { CredentialsExpired, type TrackerAccess } from '../../../console/server/tracker-access';

/** The errors of AWS clients for credentials that expired, or cannot be renewed without a person. */
const errorNames = ['CredentialsProviderError', 'TokenProviderError', 'ExpiredToken', 'ExpiredTokenException'];
const expiredText = /security token included in the request is (?:expired|invalid)|token (?:has|is) expired/i;

/**
 * Wraps an access to report expired credentials. It then recreates the access, to read the credentials that the user has renewed.
 * @param command the command that renews them
 */
export function renewable(make: () => TrackerAccess, command: string): TrackerAccess {
  let access = make();

  async function attempt<Value>(call: (current: TrackerAccess) => Promise<Value>): Promise<Value> {
    try {
      return await call(access);
    } catch (error) {
      if (!isExpiry(error)) throw error;
      access = make();
      throw new CredentialsExpired(command, { cause: error });
    }
  }

  return {
    session: () => attempt((current) => current.session()),
    status: () => attempt((current) => current.status()),
    sendPostback: (order) => attempt((current) => current.sendPostback(order)),
    explain: (order) => attempt((current) => current.explain(order)),
    admin: (call) =>
      attempt(async (current) => {
        const response = await current.admin(call);
        // A 403 of the API itself, behind AWS's check, has another text.
        if (response.status === 403 && expiredText.test(await response.clone().text())) throw new ExpiredAnswer();
        return response;
      }),
  };
}

class ExpiredAnswer extends Error {
  override readonly name = 'ExpiredToken';
}

function isExpiry(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return errorNames.includes(error.name) || expiredText.test(error.message) || isExpiry(error.cause);
}
