/** `sub1` to `sub10`. */
const subNames = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const;

/** Macros of an offer's URL, in braces and in any case; `{param:gclid}` inserts any other parameter of the click. */
export const offerMacros = ['clickid', 'campaign', 'offer', 'source', 'external_id', 'timestamp', ...subNames] as const;

export type OfferMacro = (typeof offerMacros)[number];

/** A parameter's name in `{param:NAME}`. */
export const parameterMacro = /^param:([^{}]{1,64})$/i;
