package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.ui.text.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.VBox;

/// The curves of cells that a person follows, one below the other; takes no room while there is
/// none. FX thread.
final class CurveStrip extends VBox {

    private static final Texts TEXTS = Texts.of(CurveStrip.class);

    /// More leave no room for the table.
    static final int MOST = 6;

    private final List<Followed> followed = new ArrayList<>();
    private final OwnRanges nobodys = new OwnRanges();

    /// A cell with a curve.
    ///
    /// @param model of its column alone
    /// @param request what is read for it in every look
    private record Followed(RecordModel model, RowReader.Request request, Sparkline curve) {}

    CurveStrip() {
        setId("records-curves");
        getStyleClass().add("shm-records-curves");
        tell();
    }

    /// Begins a curve.
    ///
    /// @return false when there are [#MOST] already
    boolean follow(RecordModel table, long number, int column) {
        if (followed.size() == MOST) {
            return false;
        }
        RecordLayout layout = table.layout();
        RecordLayout one =
                new RecordLayout(
                        layout.name(),
                        layout.offset(),
                        layout.strideBytes(),
                        layout.count(),
                        List.of(layout.columns().get(column)),
                        "");
        RecordModel model = new RecordModel(one, table.guard());
        model.setFormat(0, table.format(column));
        RowReader.Request request = model.request(number, 1);
        Sparkline curve =
                new Sparkline(
                        TEXTS.say("curve.name", number, table.title(column)),
                        System.nanoTime(),
                        () -> end(request));
        followed.add(new Followed(model, request, curve));
        tell();
        return true;
    }

    /// What is to be read along with the rows.
    List<RowReader.Request> requests() {
        return followed.stream().map(Followed::request).toList();
    }

    /// Takes over what was seen. What is followed no longer is passed over.
    void take(List<RowReader.Look> looks) {
        for (RowReader.Look look : looks) {
            for (Followed one : followed) {
                if (one.request() == look.request()) {
                    take(one, look);
                }
            }
        }
    }

    private void take(Followed one, RowReader.Look look) {
        RecordModel model = one.model();
        model.take(look, nobodys, false);
        RecordModel.Shown row = model.row(look.request().first());
        if (row != null && row.has(0, RowReader.KNOWN) && !row.has(0, RowReader.BUSY)) {
            one.curve().add(number(model.value(row, 0)), model.text(row, 0), look.atNanos());
        } else {
            one.curve().add(Double.NaN, "", look.atNanos());
        }
    }

    private static double number(FieldValue value) {
        return FieldFormat.number(value).map(BigDecimal::doubleValue).orElse(Double.NaN);
    }

    void clear() {
        followed.clear();
        tell();
    }

    private void end(RowReader.Request request) {
        followed.removeIf(one -> one.request() == request);
        tell();
    }

    private void tell() {
        getChildren().setAll(followed.stream().map(Followed::curve).toList());
        setVisible(!followed.isEmpty());
        setManaged(!followed.isEmpty());
    }
}
