'use client';

import { ChevronDown, CircleQuestionMark, LogOut, Menu, Moon, Search, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useConsole, useHref } from '@/components/api/scope';
import { Menu as MenuOf } from '@/components/patterns/menu';
import { wordsOf } from '@/components/patterns/status';
import { ClientSwitch } from './client-switch';
import { ModeSwitch } from './mode-switch';
import { toggleTheme } from './theme';

export function Topbar({ onSearch, onHelp }: { readonly onSearch: () => void; readonly onHelp: () => void }) {
  return (
    <header className="topbar">
      <div className="topbar-l">
        <button className="iconbtn navbtn" type="button" popoverTarget="nav" aria-label="Open navigation">
          <Menu aria-hidden="true" />
        </button>
        <ClientSwitch />
        <ModeSwitch />
      </div>
      <button className="search" type="button" onClick={onSearch} aria-keyshortcuts="Meta+K Control+K">
        <Search aria-hidden="true" />
        <span>Search, or paste an id</span>
        <kbd>⌘K</kbd>
      </button>
      <div className="topbar-r">
        <button
          className="iconbtn help"
          type="button"
          aria-label="Keyboard shortcuts"
          title="Shortcuts (?)"
          onClick={onHelp}
        >
          <CircleQuestionMark aria-hidden="true" />
        </button>
        <UserMenu />
      </div>
    </header>
  );
}

function UserMenu() {
  const { me } = useConsole();
  const href = useHref();
  const initials = me.user.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return (
    <MenuOf
      className="user"
      label={`${me.user.name}, account menu`}
      end
      trigger={
        <>
          <span className="tile round" aria-hidden="true">
            {initials}
          </span>
          <b>{me.user.name}</b>
          <ChevronDown className="s" aria-hidden="true" />
        </>
      }
    >
      <p className="who">
        <b className="medium">{me.user.name}</b>
        <br />
        <span className="dim small">
          {wordsOf(me.role)}, {me.is_operator ? 'operator' : me.client.name}
        </span>
      </p>
      <hr />
      <Link href={href('/settings/account')} prefetch={false}>
        <UserRound aria-hidden="true" />
        Your account and sessions
      </Link>
      <button type="button" onClick={toggleTheme}>
        <Moon aria-hidden="true" />
        Light or dark
      </button>
      <hr />
      <form method="post" action="/signin/out">
        <button type="submit">
          <LogOut aria-hidden="true" />
          Sign out
        </button>
      </form>
    </MenuOf>
  );
}
