import io.github.shmlens.api.SharedStore;
import io.github.shmlens.api.StoreOptions;
import java.util.List;
import java.util.Map;

/// Java and PHP exchange values. Starts exchange.php beside it and needs nothing else:
///
/// java --enable-native-access=ALL-UNNAMED -cp "target/shmlens.jar:target/lib/*" \
///     src/site/samples/Exchange.java 987654
class Exchange {

    /// Only Java programs understand it; PHP keeps it as a string.
    record Visit(String page, int count) {}

    public static void main(String[] args) throws Exception {
        StoreOptions options = StoreOptions.readWrite().create(4096).record(Visit.class);
        try (SharedStore store = SharedStore.open(args[0], options)) {
            store.put(1, "Hello from Java");
            store.put(2, List.of(1, 2.5));
            store.putKryo(3, new Visit("/home", 3));

            new ProcessBuilder("php", "src/site/samples/exchange.php", args[0])
                    .inheritIO()
                    .start()
                    .waitFor();

            System.out.println("Java found: " + store.get(4, String.class).orElseThrow());
            System.out.println("Java found: " + store.get(5, Map.class).orElseThrow());
            System.out.println("Java found: " + store.get(6, Visit.class).orElseThrow());
        }
    }
}
