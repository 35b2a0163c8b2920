import { useLocation } from 'preact-iso/router';
import { useRef, useState } from 'preact/hooks';
import { destinationOf, kindText, pastedOf } from '../state/destination';
import { holdUrl } from '../state/pasted-url';
import { useShortcut } from '../state/keys';

/** One box that knows an ID by its shape. */
export function JumpBox() {
  const { route } = useLocation();
  const [text, setText] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useShortcut('/', 'Go to the jump box', () => box.current?.select());
  const pasted = pastedOf(text);

  const go = (event: Event): void => {
    event.preventDefault();
    if (pasted === undefined) return;
    if (pasted.is === 'url') holdUrl(pasted.text);
    route(destinationOf(pasted));
    setText('');
    box.current?.blur();
  };
  return (
    <form class="jump" role="search" onSubmit={go}>
      <label>
        <span class="hidden">Jump to an order, request, click or batch ID, or explain a URL</span>
        <input
          ref={box}
          type="text"
          name="jump"
          value={text}
          placeholder="Order, request or click ID, or a postback URL"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="jump-kind"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Escape') currentTarget.blur();
          }}
        />
      </label>
      <span id="jump-kind" class="jump-kind">
        {pasted === undefined ? <kbd>/</kbd> : <>{kindText[pasted.is]} ↵</>}
      </span>
    </form>
  );
}
