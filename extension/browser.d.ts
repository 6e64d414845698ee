/* What the extension uses of the browsers' own interface; Chromium and Firefox agree on all of it. */

declare interface ExtensionTab {
  id?: number;
  url?: string;
  title?: string;
}

declare interface ExtensionMessage {
  act: 'page' | 'selection';
  tab: number;
  tags: string[];
}

declare interface ExtensionInterface {
  runtime: {
    sendMessage(message: ExtensionMessage): Promise<unknown>;
    onMessage: { addListener(listener: (message: ExtensionMessage, sender: { id?: string; tab?: ExtensionTab }, answer: (value: unknown) => void) => boolean | undefined): void };
    onInstalled: { addListener(listener: (details: { reason: string }) => void): void };
    openOptionsPage(): Promise<void>;
    id: string;
  };
  tabs: {
    query(which: { active: true; currentWindow: true }): Promise<ExtensionTab[]>;
    update(id: number, change: { url: string }): Promise<unknown>;
  };
  scripting: {
    executeScript<A extends unknown[], R>(injection: { target: { tabId: number }; func: (...args: A) => R; args?: A }): Promise<Array<{ result?: Awaited<R> }>>;
    executeScript(injection: { target: { tabId: number }; files: string[] }): Promise<unknown>;
  };
  storage: {
    local: { get(name: string): Promise<Record<string, unknown>>; set(values: Record<string, unknown>): Promise<void>; remove(name: string): Promise<void> };
  };
  permissions: { contains(wanted: { origins: string[] }): Promise<boolean>; request(wanted: { origins: string[] }): Promise<boolean> };
  i18n: { getMessage(name: string, given?: string[]): string; getUILanguage(): string };
  action: {
    setBadgeText(badge: { text: string; tabId?: number }): Promise<void>;
    setBadgeBackgroundColor(badge: { color: string; tabId?: number }): Promise<void>;
    setTitle(title: { title: string; tabId?: number }): Promise<void>;
  };
  contextMenus: {
    create(item: { id: string; title: string; contexts: Array<'link' | 'selection' | 'page'> }): void;
    removeAll(): Promise<void>;
    onClicked: { addListener(listener: (click: { menuItemId: string; linkUrl?: string }, tab?: ExtensionTab) => void): void };
  };
  commands: { onCommand: { addListener(listener: (command: string, tab?: ExtensionTab) => void): void } };
  dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
}

declare interface Element {
  /** Firefox's own, for extensions. */
  openOrClosedShadowRoot?: ShadowRoot | null;
}

declare const chrome: ExtensionInterface;

declare interface Window {
  /** What `page.js` leaves in its own world of the page. */
  lecternPage?: {
    selected(): boolean;
    capture(part: 'page' | 'selection'): Promise<{ url: string; title: string; html: string }>;
  };
}
