/** Provisional: replaced by the document generated from /api/openapi.json. */
type Ok<T> = { 200: { content: { "application/json": T } } };
type Created<T> = { 201: { content: { "application/json": T } } };
type Accepted<T> = { 202: { content: { "application/json": T } } };
type Empty = { 204: { content?: never } };
type Body<T> = { content: { "application/json": T } };
type Id = { parameters: { path: { id: string } } };

type Level = "A1" | "A2" | "B1" | "B2" | "C1" | "C2";
type Status = "new" | "learning" | "review" | "relearning" | "suspended";
interface User { id: string; telegram_id: number; first_name: string; last_name: string | null; username: string | null; native_language: "ru" | "en"; timezone: string; plan: "free" | "basic" | "premium"; is_premium: boolean; trial_ends_at: string | null; created_at: string }
interface Limit { used: number; max: number | null; reset_at?: string | null }
interface Me extends User { theme: "system" | "light" | "dark"; card_side: "random" | "learning" | "native"; session_card_count: number; limits: { profiles: Limit; cards: Limit } }
interface SignedIn { user: User; token: string; expires_at: string; is_new: boolean }
interface Session { id: string; device_label: string; method: string; created_at: string; last_used_at: string; is_current: boolean }
interface LanguageEntry { code: string; name_ru: string; name_en: string; name_native: string; flag: string; rtl: boolean }
interface Meta { languages: LanguageEntry[]; levels: Level[]; goals: string[]; native_languages: ("ru" | "en")[]; bot_username: string | null; sign_in: { dev: boolean } }
interface Profile { id: string; language: string; language_name: string; current_level: Level; target_level: Level; goals: string[]; desired_retention: number; new_cards_per_day: number; new_card_order: "added" | "frequency"; max_interval_days: number; is_active: boolean; progress: { cards_count: number; streak: number }; created_at: string }
interface Draft { language?: string | null; current_level?: Level | null; target_level?: Level | null; goals?: string[] | null; native_language?: "ru" | "en" | null }
interface Deck { id: string; profile_id: string; name: string; description: string | null; source: string; is_active: boolean; cards_count: number; new_cards_count: number; due_cards_count: number }
interface DeckDetail extends Deck { stats: Record<Status, number>; ratings: Record<"again" | "hard" | "good" | "easy", number> }
interface Starter { key: string; title: string; level: Level; language: string; cards_count: number; installed: boolean }
interface Card { id: string; deck_id: string; word: string; lemma: string; translation: string; translation_language: string; example: string; example_translation: string; notes: string; part_of_speech: string | null; gender: string | null; transcription: string | null; tags: string[]; status: Status; due: string | null; interval_days: number; reviews_count: number; lapses: number; leech: boolean; last_rating: number | null; last_reviewed_at: string | null; created_at: string }
interface Review { reviewed_at: string; rating: number; state_before: string | null; interval_before: number | null; interval_after: number; duration_ms: number | null }
interface CardDetail extends Card { history: Review[] }
interface NewCard { word: string; translation: string; example?: string; example_translation?: string; notes?: string }
interface Counts { learning: number; review: number; new: number; learning_later: number }
interface Previews { again: number; hard: number; good: number; easy: number }
interface Next { status: "card" | "waiting" | "done"; card?: Card | null; side?: "learning" | "native" | null; previews?: Previews | null; ready_at?: string | null; counts: Counts }
interface Rating { card_id: string; rating: number; client_id: string; session_id?: string; duration_ms?: number; reviewed_at?: string }
interface Rated { card_id: string; status: Status; due: string; interval_days: number; leech: boolean; counts: Counts; next: Next }
interface Summary { studied: number; ratings: Record<"again" | "hard" | "good" | "easy", { count: number; share: number }>; new_learned: number; duration_ms: number; next_due_at: string | null }
interface Legal { version: string; effective_date: string; content: string }

export interface paths {
  "/api/meta": { get: { responses: Ok<Meta> } };
  "/api/auth/link": { post: { requestBody: Body<{ token?: string; code?: string; timezone?: string }>; responses: Ok<SignedIn> } };
  "/api/auth/dev": { post: { requestBody: Body<{ telegram_id: number; first_name: string; timezone?: string }>; responses: Ok<SignedIn> } };
  "/api/auth/logout": { post: { responses: Empty } };
  "/api/auth/logout-all": { post: { responses: Empty } };
  "/api/auth/sessions": { get: { responses: Ok<{ data: Session[] }> } };
  "/api/auth/sessions/{id}": { delete: Id & { responses: Empty } };
  "/api/users/me": { get: { responses: Ok<Me> }; patch: { requestBody: Body<Partial<Me>>; responses: Ok<Me> }; delete: { requestBody: Body<{ confirmation: "DELETE_MY_ACCOUNT" }>; responses: { 202: { content?: never } } } };
  "/api/legal/{doc}": { get: { parameters: { path: { doc: string }; query?: { lang?: string } }; responses: Ok<Legal> } };
  "/api/profiles": { get: { responses: Ok<{ data: Profile[] }> }; post: { requestBody: Body<{ language: string; current_level: Level; target_level?: Level; goals?: string[] }>; responses: Created<Profile> } };
  "/api/profiles/{id}": { get: Id & { responses: Ok<Profile> }; patch: Id & { requestBody: Body<Partial<Profile>>; responses: Ok<Profile> }; delete: Id & { responses: Empty } };
  "/api/profiles/{id}/activate": { post: Id & { responses: Ok<Profile> } };
  "/api/onboarding/draft": { get: { responses: Ok<Draft> }; put: { requestBody: Body<Draft>; responses: Ok<Draft> } };
  "/api/decks": { get: { parameters: { query?: { profile_id?: string } }; responses: Ok<{ data: Deck[] }> }; post: { requestBody: Body<{ name: string }>; responses: Created<Deck> } };
  "/api/decks/{id}": { get: Id & { responses: Ok<DeckDetail> }; patch: Id & { requestBody: Body<{ name?: string }>; responses: Ok<Deck> }; delete: Id & { responses: Empty } };
  "/api/decks/{id}/activate": { post: Id & { responses: Ok<Deck> } };
  "/api/starter-decks": { get: { parameters: { query?: { language?: string } }; responses: Ok<{ data: Starter[] }> } };
  "/api/starter-decks/{key}/install": { post: { parameters: { path: { key: string } }; requestBody?: Body<{ profile_id?: string }>; responses: Created<{ deck: Deck; created: Card[]; duplicates: { word: string; card_id: string }[] }> } };
  "/api/cards": { get: { parameters: { query: { deck_id: string; status?: Status; search?: string; cursor?: string; limit?: number } }; responses: Ok<{ data: Card[]; pagination: { limit: number; has_more: boolean; next_cursor: string | null } }> }; post: { requestBody: Body<{ deck_id?: string; words?: string[]; cards?: NewCard[] }>; responses: Created<{ created: Card[]; duplicates: { word: string; card_id: string }[]; failed: { word: string; reason: string }[] }> } };
  "/api/cards/{id}": { get: Id & { responses: Ok<CardDetail> }; patch: Id & { requestBody: Body<Partial<Card>>; responses: Ok<Card> }; delete: Id & { responses: Empty } };
  "/api/cards/{id}/suspend": { post: Id & { responses: Ok<Card> } };
  "/api/cards/{id}/resume": { post: Id & { responses: Ok<Card> } };
  "/api/cards/{id}/reset": { post: Id & { responses: Ok<Card> } };
  "/api/cards/next": { get: { parameters: { query?: { deck_id?: string; mode?: string } }; responses: Ok<Next> } };
  "/api/cards/sessions": { post: { requestBody: Body<{ deck_id?: string; mode: "mixed" | "due" | "new"; size?: number }>; responses: Created<{ session_id: string; queue: { card: Card; side: "learning" | "native"; previews: Previews }[]; counts: Counts }> } };
  "/api/cards/sessions/{id}/summary": { get: Id & { responses: Ok<Summary> } };
  "/api/cards/rate": { post: { requestBody: Body<Rating>; responses: Ok<Rated> } };
  "/api/cards/rate/batch": { post: { requestBody: Body<{ ratings: Rating[] }>; responses: Ok<{ results: unknown[] }> } };
  "/api/cards/rate/undo": { post: { responses: Ok<{ card_id: string; status: Status; counts: Counts }> } };
}
