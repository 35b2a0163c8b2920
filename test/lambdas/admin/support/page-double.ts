import type { PageDocument, PageElement } from '../../../../lambdas/admin/test-page/page-document';

/** An element as far as the test page uses one: what is put in is text or another element, and can be told apart. */
export class ElementDouble implements PageElement {
  value = '';
  hidden = false;
  disabled = false;
  readonly dataset: Record<string, string | undefined> = {};
  readonly children: (PageElement | string)[] = [];
  private readonly listeners = new Map<string, () => void>();

  constructor(readonly tag: string) {}

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : (child.textContent ?? ''))).join('');
  }
  set textContent(text: string | null) {
    this.replaceChildren(text ?? '');
  }

  append(...children: readonly (PageElement | string)[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: readonly (PageElement | string)[]): void {
    this.children.splice(0, this.children.length, ...children);
  }
  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, listener);
  }

  happen(type: string): void {
    this.listeners.get(type)?.();
  }
}

/** The page of some markup: an element for each ID in it, and none beside them. */
export class PageDouble implements PageDocument {
  private readonly elements: ReadonlyMap<string, ElementDouble>;

  constructor(markup: string) {
    const tags = [...markup.matchAll(/<(\w+)[^>]*?\bid="([\w-]+)"/g)];
    this.elements = new Map(tags.map(([, tag = '', id = '']) => [id, new ElementDouble(tag)]));
    for (const [, name = '', value = ''] of markup.matchAll(/ data-(\w+)="([^"]*)"/g)) {
      const main = this.elements.get('page');
      if (main !== undefined) main.dataset[name] = value;
    }
  }

  getElementById(id: string): ElementDouble | null {
    return this.elements.get(id) ?? null;
  }
  createElement(tag: string): ElementDouble {
    return new ElementDouble(tag);
  }

  at(id: string): ElementDouble {
    const element = this.elements.get(id);
    if (element === undefined) throw new Error(`the markup has no element ${id}`);
    return element;
  }

  /** Does something to an element and waits until the page says what came of it. */
  async do(id: string, type: string): Promise<string> {
    this.at(id).happen(type);
    for (let turn = 0; turn < 1000 && this.at('status').textContent === 'Working …'; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.at('status').textContent;
  }
}
