/** `sub1` to `sub10`. */
const subNames = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const;

/** What an offer's URL may ask for in braces, in any case; `{param:gclid}` asks for any parameter of the click beside. */
export const offerMacros = ['clickid', 'campaign', 'offer', 'source', 'external_id', 'timestamp', ...subNames] as const;

export type OfferMacro = (typeof offerMacros)[number];

/** A parameter's name in `{param:NAME}`. */
export const parameterMacro = /^param:([^{}]{1,64})$/i;
