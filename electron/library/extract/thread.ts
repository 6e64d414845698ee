import { metaOf, type Facts } from './facts.ts';

/** Addresses of forum threads and questions. A news site's topics are none: theirs have no number. */
const threadAddress =
  /\/(?:forums?|threads?|questions?|discuss(?:ions?)?|viewtopic|showthread|bbs)(?:[/._?-]|$)|\/(?:topics?|t)\/(?:[^/]+\/)?\d|\/\/[^/]*(?:(?<!we)forum|foren|bbs)|\/\/(?:discuss|community|answers|ask|tieba)\.|\/\/(?:[\w-]+\.)?(?:quora|reddit)\.|[?&](?:tid|threadid|topic|showtopic)=/i;
/** What forums' software calls itself. */
const software = /discourse|phpbb|xenforo|vbulletin|discuz|flarum|mybb|simple machines|invision|ips community|nodebb|kunena|wpforo|ubb\.?threads|yabb|fluxbb|punbb|phpwind|khoros|question2answer/i;

/** Whether a page is a conversation, where answers are as much the text as what began it. */
export function isThread(facts: Facts, url: string | null): boolean {
  return facts.stated.isThread || threadAddress.test(url ?? '') || software.test(metaOf(facts, 'generator') ?? '');
}
