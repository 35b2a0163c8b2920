/** A stage that cannot be built; the message is one sentence for the operator. */
export class StageConfigurationError extends Error {
  override readonly name = 'StageConfigurationError';
}

/** The sentence that names the stage, the field, what came and what is allowed. */
export function wrong(stage: string, field: string, came: unknown, allowed: string): StageConfigurationError {
  return new StageConfigurationError(
    `Stage "${stage}": ${field} is ${JSON.stringify(came) ?? 'not set'}; allowed is ${allowed}.`,
  );
}
