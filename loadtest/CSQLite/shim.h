// The system's SQLite, for a writer that does nothing but write.
#include <sqlite3.h>
