import type { ComponentType } from "react";
import { createBrowserRouter, type LazyRouteFunction, type RouteObject } from "react-router";
import { ErrorPage } from "./error-page";
import { followDeepLink } from "./follow-deep-link";
import { HasProfile } from "./has-profile";
import { NotFound } from "./not-found";
import { Root } from "./root";
import { Shell } from "./shell";
import { SignedIn } from "./signed-in";
import { Splash } from "./splash";

/** A screen whose code is loaded when it is first shown. */
function screen(load: () => Promise<ComponentType>): LazyRouteFunction<RouteObject> {
  return async () => ({ Component: await load() });
}

const studying: RouteObject[] = [
  { path: "practice/cards/session", lazy: screen(async () => (await import("@/features/study/session-page")).SessionPage) },
  { path: "practice/cards/session-complete", lazy: screen(async () => (await import("@/features/study/summary-page")).SummaryPage) },
];

const underNavigation: RouteObject[] = [
  { index: true, loader: followDeepLink, lazy: screen(async () => (await import("@/features/home/home-page")).HomePage) },
  { path: "practice/cards", lazy: screen(async () => (await import("./routes/practice-cards")).PracticeCards) },
  { path: "practice/cards/deck/:id", lazy: screen(async () => (await import("@/features/cards/deck-page")).DeckPage) },
  { path: "practice/cards/card/:id", lazy: screen(async () => (await import("@/features/cards/card-page")).CardPage) },
  { path: "profile", lazy: screen(async () => (await import("@/features/profile/profile-page")).ProfilePage) },
  { path: "profile/settings", lazy: screen(async () => (await import("@/features/profile/settings-page")).SettingsPage) },
  { path: "profile/profiles", lazy: screen(async () => (await import("@/features/profile/profiles-page")).ProfilesPage) },
  { path: "profile/profiles/create", lazy: screen(async () => (await import("@/features/profile/create-profile-page")).CreateProfilePage) },
  { path: "profile/profiles/:id/edit", lazy: screen(async () => (await import("@/features/profile/edit-profile-page")).EditProfilePage) },
  { path: "profile/sessions", lazy: screen(async () => (await import("@/features/profile/sessions-page")).SessionsPage) },
];

const onboarding: RouteObject = {
  path: "onboarding",
  lazy: screen(async () => (await import("@/features/onboarding/onboarding-layout")).OnboardingLayout),
  children: [
    { path: "welcome", lazy: screen(async () => (await import("@/features/onboarding/welcome-step")).WelcomeStep) },
    { path: "language", lazy: screen(async () => (await import("@/features/onboarding/language-step")).LanguageStep) },
    { path: "levels", lazy: screen(async () => (await import("@/features/onboarding/levels-step")).LevelsStep) },
    { path: "goals", lazy: screen(async () => (await import("@/features/onboarding/goals-step")).GoalsStep) },
    { path: "starter", lazy: screen(async () => (await import("@/features/onboarding/starter-step")).StarterStep) },
  ],
};

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: ErrorPage,
    HydrateFallback: Splash,
    children: [
      { path: "sign-in", lazy: screen(async () => (await import("@/features/auth/sign-in-page")).SignInPage) },
      { path: "auth/link", lazy: screen(async () => (await import("@/features/auth/link-page")).LinkPage) },
      { path: "legal/:doc", lazy: screen(async () => (await import("@/features/legal/legal-page")).LegalPage) },
      {
        Component: SignedIn,
        children: [
          onboarding,
          { Component: HasProfile, children: [{ Component: Shell, children: underNavigation }, ...studying] },
        ],
      },
      { path: "error", Component: ErrorPage },
      { path: "*", Component: NotFound },
    ],
  },
]);
