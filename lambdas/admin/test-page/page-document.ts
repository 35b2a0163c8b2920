/** As much of a browser's document as the test page uses: the functions are built without the types of a browser. */
export interface PageElement {
  value: string;
  textContent: string | null;
  hidden: boolean;
  disabled: boolean;
  readonly dataset: Readonly<Record<string, string | undefined>>;
  append(...children: readonly (PageElement | string)[]): void;
  replaceChildren(...children: readonly (PageElement | string)[]): void;
  addEventListener(type: string, listener: () => void): void;
}

/** `fetch`, as far as the page uses it. */
export type PageRequest = (path: string, options?: RequestInit) => Promise<Response>;

export interface PageDocument {
  getElementById(id: string): PageElement | null;
  createElement(tag: string): PageElement;
}
