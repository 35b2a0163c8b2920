/** The parameters of a source in a link, beside its name. */
export interface LinkedSource {
  readonly id: string;
  /** The source's own tokens, by the parameter of the click URL that they fill: `{"external_id": "{clickid}"}`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The link that an ad carries. Without a source it names none, and the click has none. */
export function trackingLink(publicUrl: string, campaign: string, source?: LinkedSource): string {
  const url = `${publicUrl}/c/${encodeURIComponent(campaign)}`;
  if (source === undefined) return url;
  const pairs = [['source', source.id] as const, ...Object.entries(source.parameters)];
  return `${url}?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${written(value)}`).join('&')}`;
}

/** A token stays as its source knows it, braces and all; only what would end the value or the link is encoded. */
function written(value: string): string {
  return value.replace(/[\s&"<>]/g, (letter) => encodeURIComponent(letter));
}
