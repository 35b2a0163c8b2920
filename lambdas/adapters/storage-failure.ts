/** A failure of storage or of the secret store: the request is not at fault, and a later attempt may succeed. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';

  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`, { cause });
  }
}

/** Runs one call. Throws a `StorageFailure` that names the call. */
export async function storageCall<Answer>(what: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw new StorageFailure(what, error);
  }
}
