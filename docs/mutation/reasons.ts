/** Why a survivor is left: the first whose file ends so and whose code holds this text. */
export const reasons: readonly { readonly file: string; readonly code: string; readonly why: string }[] = [];
