import type { ComponentProps, MouseEvent } from 'react';
import { goTo } from './place.js';

type Props = ComponentProps<'a'> & { href: string };

/** A link inside the page; with a modifier key it stays the browser's own. */
export const Link = ({ href, ...rest }: Props) => {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const own = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!own || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    goTo(href);
    if (!href.includes('#')) window.scrollTo(0, 0);
  };
  return <a href={href} onClick={follow} {...rest} />;
};
