"""What the product tells learners by itself: notifications in the app, messages to their chats (PRODUCT 11)."""
