// Addresses -> pages: each a chunk of its own, for whom it is, and what is told of it.
import type { Component } from "vue";
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { useSession, type Role } from "./stores/session.ts";
import type { PageKey } from "./words.ts";

export interface PageRoute {
  path: string;
  /** src/web/pages/<page>.vue; until it stands there, its address says so. */
  page: string;
  title: PageKey;
  /** Roles that may open it; "signed-in" any of them; "anyone" without a session too. The service decides, this only spares people a refusal. */
  for: readonly Role[] | "signed-in" | "anyone";
  /** In the navigation, in this order. */
  inNavigation?: boolean;
  /** Uses the whole width of the screen. */
  wide?: boolean;
}

export const PAGES: readonly PageRoute[] = [
  { path: "/", page: "SelfCheck", title: "nav.selfCheck", for: "anyone", inNavigation: true, wide: true },
  { path: "/mine", page: "Mine", title: "nav.mine", for: ["department"], inNavigation: true, wide: true },
  { path: "/board", page: "Board", title: "nav.board", for: ["reviewer", "administrator"], inNavigation: true, wide: true },
  { path: "/review/:id", page: "Review", title: "nav.review", for: ["reviewer", "administrator"], wide: true },
  { path: "/rules/:set?", page: "Rules", title: "nav.rules", for: "signed-in", inNavigation: true },
  { path: "/admin/:part?", page: "Admin", title: "nav.admin", for: ["administrator"], inNavigation: true },
  { path: "/login", page: "Login", title: "nav.login", for: "anyone" },
  { path: "/first", page: "First", title: "nav.first", for: "anyone" },
  { path: "/invitation", page: "Invitation", title: "nav.invitation", for: "anyone" },
  { path: "/password", page: "Password", title: "nav.password", for: "signed-in" },
];

const files = import.meta.glob<{ default: Component }>("./pages/*.vue");

const routes: RouteRecordRaw[] = [
  ...PAGES.map((page): RouteRecordRaw => ({ path: page.path, name: page.page, component: files[`./pages/${page.page}.vue`] ?? (() => import("./pages/NotFound.vue")), meta: { page } })),
  { path: "/:rest(.*)*", name: "NotFound", component: () => import("./pages/NotFound.vue"), meta: { page: { path: "", page: "NotFound", title: "nav.notFound", for: "anyone" } satisfies PageRoute } },
];

export const router = createRouter({
  history: createWebHistory("/"),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

router.beforeEach(async (to) => {
  const session = useSession();
  await session.load();
  const page = pageOf(to);
  if (page.for === "anyone") return true;
  if (session.person === null) return { path: "/login", query: { to: to.fullPath } };
  return mayOpen(page, session.roles) ? true : { path: homeOf(session.roles) };
});

// After an upgrade of the service the files of the old pages are gone: the new ones are at the same address.
router.onError((error: unknown, to) => {
  const isGone = error instanceof TypeError && /import|fetch|load/i.test(error.message);
  if (isGone && sessionStorage.getItem("ziping.loadedAgain") !== to.fullPath) {
    sessionStorage.setItem("ziping.loadedAgain", to.fullPath);
    location.assign(to.fullPath);
  }
});
router.afterEach(() => { sessionStorage.removeItem("ziping.loadedAgain"); });

export function pageOf(route: { meta: object }): PageRoute {
  return (route.meta as { page: PageRoute }).page;
}

export function mayOpen(page: PageRoute, roles: readonly Role[]): boolean {
  if (page.for === "anyone") return true;
  return page.for === "signed-in" ? roles.length > 0 : page.for.some((role) => roles.includes(role));
}

/** Where somebody starts after signing in. */
export function homeOf(roles: readonly Role[]): string {
  if (roles.includes("reviewer")) return "/board";
  if (roles.includes("department")) return "/mine";
  return roles.includes("administrator") ? "/admin" : "/";
}
